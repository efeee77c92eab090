"""A subscription ends whether RabbitMQ's management answers or not, and nobody's end waits for another's."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import Unavailable, VersionConflict
from services.civic.actor import SYSTEM, CivicActor
from services.identity.subscribers.departments import usecases
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from tests.e2e.platform import management
from tests.integration.identity.subscribers.test_dispatcher import connected

OFFICER = CivicActor("officer", "official")
NOBODY_THERE = "http://guest:guest@127.0.0.1:1"


def account(settings, department) -> int:
    return management(settings.rabbitmq_management_uri, "GET", f"users/{quote(department.login)}").status_code


def revoked(database, streams, department) -> str:
    asked = {"department_id": department.id, "reason": "用途改变"}
    call = write_call("identity.revoke_subscription", asked, OFFICER, "k", lambda one: {"id": one.id})
    return usecases.revoke(DepartmentStore(database), streams, {}, call).state


@pytest.fixture
def out_of_reach(settings) -> DepartmentStreams:
    return DepartmentStreams(replace(settings, rabbitmq_management_uri=NOBODY_THERE))


def test_a_revoked_department_s_account_is_gone_with_the_answer(database, settings):
    department, _ = connected(database, settings)
    assert account(settings, department) == 200
    assert revoked(database, DepartmentStreams(settings), department) == "revoked"
    assert account(settings, department) == 404


def test_it_ends_while_the_broker_does_not_answer_and_its_account_when_the_end_is_heard(
    database, settings, out_of_reach
):
    department, _ = connected(database, settings)
    departments = DepartmentStore(database)
    assert revoked(database, out_of_reach, department) == "revoked"
    assert departments.get(department.id).state == "revoked" and account(settings, department) == 200
    with pytest.raises(Unavailable):
        usecases.close(departments, out_of_reach, department.id)
    for _ in range(2):  # events are heard twice
        usecases.close(departments, DepartmentStreams(settings), department.id)
        assert account(settings, department) == 404


def test_who_has_no_account_is_ended_without_asking_the_broker(database, settings, out_of_reach):
    department, _ = connected(database, settings, provision=False, delivery="pull")
    assert revoked(database, out_of_reach, department) == "revoked"
    usecases.close(DepartmentStore(database), out_of_reach, department.id)


def test_one_that_another_process_has_just_ended_keeps_no_other_alive(database, settings, monkeypatch):
    departments, over = DepartmentStore(database), utc_now() - timedelta(minutes=1)
    two = [
        connected(database, settings, False, expires_at=over - timedelta(hours=n), delivery="pull")[0]
        for n in (1, 0)
    ]
    save = departments.save

    def late(department, events, call, only_if=None):
        if department.id == two[0].id:
            raise VersionConflict("department.changed_meanwhile", "刚才有人改动了它，请刷新后再试。")
        save(department, events, call, only_if)

    monkeypatch.setattr(departments, "save", late)
    usecases.end_what_is_over(departments, Call({}, SYSTEM))
    assert [departments.get(one.id).state for one in two] == ["connected", "expired"]
