"""Who handles a report: the county's discipline committee, one officer at a time, and nobody else."""

import threading

import pytest

from services.chassis.core.actor import Role
from services.chassis.runtime.migrations import migrate
from services.civic.actor import ANONYMOUS
from services.integrity.service import Service
from tests.integration.integrity.endpoints import COUNTY, ELSEWHERE, TOWN, VILLAGE, officer, plan_of

STRANGERS = [
    officer("v", VILLAGE, "village_administrator"),
    officer("t", TOWN, "town_administrator"),
    officer("c", COUNTY, "county_administrator"),
    officer("k", COUNTY, "clerk"),
    officer("d", COUNTY, "data_officer"),
    ANONYMOUS,
]
OF_LOWER_LEVELS = [
    officer("dv", VILLAGE),
    officer("dt", TOWN),
    officer("de", "510184"),
    officer("both", COUNTY, "discipline_officer", Role("village_administrator", VILLAGE)),
    officer("neighbour", COUNTY, "discipline_officer", Role("clerk", "510183103201")),
]
STEPS = (
    ("open_report", {}),
    ("accept_report", {}),
    ("decline_report", {"reason": "不属实"}),
    ("answer_report", {"text": "您好"}),
    ("conclude_report", {"outcome": "unsubstantiated", "text": "不属实"}),
    ("recuse_officer", {"official_id": "officer-9"}),
)


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda a: a.id)
def test_administrators_clerks_and_the_public_have_no_door_to_reports(integrity, stranger):
    integrity.submit()
    asked = {"report_id": integrity.only_id()}
    assert integrity.ask("list_reports", {}, stranger)["code"] == "access.forbidden"
    for door, more in STEPS:
        assert integrity.ask(door, {**asked, **more}, stranger)["code"] == "access.forbidden", door


@pytest.mark.parametrize("low", OF_LOWER_LEVELS, ids=lambda a: a.id)
def test_an_officer_of_the_village_or_town_finds_nothing(integrity, low):
    integrity.submit()
    asked = {"report_id": integrity.only_id()}
    assert integrity.ask("list_reports", {}, officer())["items"] != []
    assert integrity.ask("list_reports", {}, low)["items"] == []
    for door, more in STEPS:
        assert integrity.ask(door, {**asked, **more}, low)["code"] == "report.not_found", door
    assert integrity.database.reports.find_one()["state"] == "received"


def test_an_officer_with_an_office_in_another_town_finds_the_report(integrity):
    integrity.submit()
    other = officer("other", COUNTY, "discipline_officer", Role("village_administrator", ELSEWHERE))
    assert len(integrity.ask("list_reports", {}, other)["items"]) == 1


def test_a_list_shows_category_state_and_times_and_nothing_that_was_written(integrity):
    integrity.submit()
    (row,) = integrity.ask("list_reports", {}, officer())["items"]
    assert set(row) == {
        "id",
        "state",
        "category_id",
        "category_name",
        "received_at",
        "handler",
        "decided_at",
        "concluded_at",
        "decide_by",
        "conclude_by",
    }
    assert row["category_name"] == "纪检监察/贪污贿赂/挪用公款"


def test_every_reading_of_the_text_is_recorded_before_the_text_is_given(integrity):
    integrity.submit()
    asked = {"report_id": integrity.only_id()}
    first = integrity.ask("open_report", asked, officer())
    assert (
        first["text"].startswith("二〇二五年")
        and first["region"] == VILLAGE
        and first["accused"].endswith("张某某")
    )
    integrity.ask("accept_report", asked, officer("officer-2"))
    seen = integrity.ask("open_report", asked, officer("officer-2"))["accesses"]
    assert [entry["official"] for entry in seen] == ["officer-1", "officer-2"]
    assert all(entry["at"] for entry in seen)


def test_only_the_officer_in_charge_opens_an_accepted_report(integrity):
    report = integrity.accepted()
    refused = integrity.ask("open_report", {"report_id": report.id}, officer("officer-2"))
    assert refused["code"] == "report.not_in_charge"
    assert "accesses" not in integrity.database.reports.find_one()


def test_a_later_step_never_drops_the_access_log(integrity):
    integrity.submit()
    asked = {"report_id": integrity.only_id()}
    together = [
        threading.Thread(target=integrity.ask, args=("open_report", asked, officer())) for _ in range(4)
    ]
    together += [
        threading.Thread(
            target=integrity.ask, args=("recuse_officer", {**asked, "official_id": f"o{n}"}, officer())
        )
        for n in range(4)
    ]
    for one in together:
        one.start()
    for one in together:
        one.join(30)
    stored = integrity.database.reports.find_one()
    assert len(stored["accesses"]) == 4 and len(stored["recused"]) == 4


def test_what_waits_for_somebody_is_what_is_shown_first(integrity):
    report = integrity.accepted()
    seen = {"report_id": report.id}
    assert integrity.ask("list_reports", {}, officer("o2"))["items"] == []
    integrity.ask("recuse_officer", {**seen, "official_id": "officer-1"}, officer("officer-1"))
    (row,) = integrity.ask("list_reports", {}, officer("o2"))["items"]
    assert (row["state"], row["handler"]) == ("accepted", None)
    assert integrity.ask("accept_report", seen, officer("o2"))["handler"] == "o2"
    assert integrity.ask("list_reports", {}, officer("o3"))["items"] == []
    integrity.ask("conclude_report", {**seen, **dict(STEPS)["conclude_report"]}, officer("o2"))
    assert integrity.ask("list_reports", {}, officer("o3"))["items"] == []
    integrity.ask("ask_review", {"receipt": report.receipt}, ANONYMOUS)
    (row,) = integrity.ask("list_reports", {}, officer("o3"))["items"]
    assert (row["state"], row["handler"]) == ("review_asked", None)


def test_a_report_from_before_waits_as_one_of_today(integrity):
    integrity.submit()
    integrity.database.reports.update_many({}, {"$unset": {"waits": 1}})
    assert integrity.ask("list_reports", {}, officer())["items"] == []
    assert "1 moved (what waits for an officer)" in migrate(integrity.database, Service.migrations)
    assert len(integrity.ask("list_reports", {}, officer())["items"]) == 1


def test_a_recused_officer_no_longer_finds_the_report_even_if_in_charge(integrity):
    report = integrity.accepted()
    asked = {"report_id": report.id}
    away = integrity.ask("recuse_officer", {**asked, "official_id": "officer-1"}, officer("officer-1"))
    assert away["state"] == "accepted"
    assert integrity.ask("list_reports", {"state": "accepted"}, officer())["items"] == []
    for door, more in STEPS:
        assert integrity.ask(door, {**asked, **more}, officer())["code"] == "report.not_found", door
    assert integrity.ask("conclude_report", {**asked, **dict(STEPS)["conclude_report"]}, officer("o2"))[
        "code"
    ] == ("report.nobody_in_charge")
    assert integrity.ask("accept_report", asked, officer("officer-2"))["state"] == "accepted"
    opened = integrity.ask("open_report", asked, officer("officer-2"))
    assert opened["recused"][0]["official"] == "officer-1"


def test_of_two_officers_who_accept_at_once_one_is_in_charge(integrity):
    integrity.submit()
    outcomes = race(
        integrity, "accept_report", {"report_id": integrity.only_id()}, [officer(f"o{n}") for n in range(5)]
    )
    assert sorted(outcomes) == ["accepted"] + ["report.not_in_charge"] * 4


def test_of_two_conclusions_at_once_one_wins(integrity):
    report = integrity.accepted()
    asked = {"report_id": report.id, "outcome": "substantiated", "text": "已查实"}
    assert (
        sorted(race(integrity, "conclude_report", asked, [officer()] * 5))
        == ["concluded"] + ["report.not_its_turn"] * 4
    )
    assert len(integrity.stored()["conclusions"]) == 1


def test_a_declined_report_tells_its_reporter_why(integrity):
    receipt = integrity.submit()["receipt"]
    asked = {"report_id": integrity.only_id(), "reason": "不属于纪检监察受理范围，请向信访部门反映。"}
    assert integrity.ask("decline_report", asked, officer())["state"] == "not_accepted"
    assert "信访" in integrity.ask("read_report", {"receipt": receipt})["reason"]
    assert integrity.ask("accept_report", asked | {"reason": "x"}, officer())["kind"] == "Invalid"


def test_the_queue_is_read_in_order_by_the_page_without_scan_or_sort(integrity):
    for _ in range(7):
        integrity.submit()
    first = integrity.ask("list_reports", {"limit": 4}, officer())
    rest = integrity.ask("list_reports", {"limit": 4, "cursor": first["next"]}, officer())
    ids = [row["id"] for row in first["items"] + rest["items"]]
    assert len(set(ids)) == 7 and ids == sorted(ids) and rest["next"] is None
    plan, sorts, examined = plan_of(
        integrity.database, "reports", lambda: integrity.ask("list_reports", {"limit": 2}, officer())
    )
    assert plan.startswith("IXSCAN { regions: 1, waits: 1") and not sorts and examined <= 3
    plan, sorts, examined = plan_of(
        integrity.database,
        "reports",
        lambda: integrity.ask("list_reports", {"limit": 2, "cursor": first["next"]}, officer()),
    )
    assert plan.startswith("IXSCAN { regions: 1, waits: 1") and not sorts


def race(integrity, door, asked, actors):
    """Call the door for all actors at once; gives the state or the code that each got."""
    outcomes, start = [], threading.Barrier(len(actors))

    def run(actor):
        start.wait(30)
        got = integrity.ask(door, asked, actor)
        outcomes.append(got.get("code") or got["state"])

    together = [threading.Thread(target=run, args=(actor,)) for actor in actors]
    for one in together:
        one.start()
    for one in together:
        one.join(30)
    return outcomes
