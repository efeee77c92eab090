"""A page: all parts asked at once, what is missing is marked, and only an empty page is refused."""

import pytest

from gateway.aggregation import SECONDS
from gateway.start_pages import MINE, WORK
from services.chassis.core.actor import Role
from services.chassis.core.errors import Forbidden, Invalid, Unavailable
from services.chassis.core.settings import Settings
from services.civic.actor import CivicActor

HER = CivicActor("resident-1", "resident")
CLERK = CivicActor("official-1", "official", (Role("clerk", "510183"),))
GONE = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")


class Parts:
    """Gives every part its own name, or the error that was set for its service."""

    def __init__(self, **errors):
        self.errors, self.asked = errors, []

    def own(self, requests, actor, timeout):
        self.asked.append((requests, actor, timeout))
        self.waiting = True

        def wait():
            self.waiting = False
            return {name: self.errors.get(one[0], {"is": name}) for name, one in requests.items()}

        return wait

    def public(self, request, timeout):
        self.public_asked = (request, timeout, self.waiting)
        return self.errors.get(request[0], {"is": "report_categories"})


def page(client, of=MINE, who=HER, **asked):
    return of.ask(client, asked, who, None, None)


def test_a_page_asks_all_its_parts_at_once_for_the_caller_alone():
    client = Parts()
    assert page(client) == {name: {"is": name} for name in MINE.first}
    ((requests, actor, timeout),) = client.asked
    assert actor is HER and timeout == SECONDS
    assert requests["orders"] == ("market", "list_orders", {"limit": 5})
    assert {service for service, _, _ in requests.values()} == {"identity", "affairs", "market"}


def test_what_everybody_may_read_is_asked_as_nobody_and_at_the_same_time():
    parts = Parts()
    page(parts)
    request, timeout, while_the_others_are_asked = parts.public_asked
    assert request == ("integrity", "list_categories", {}) and timeout == SECONDS
    assert while_the_others_are_asked and not parts.waiting
    assert "report_categories" not in parts.asked[0][0]


def test_what_seldom_changes_is_given_to_who_names_it_and_to_nobody_else():
    parts = Parts()
    assert "profile" not in page(parts) and "profile" not in parts.asked[0][0]
    assert page(parts, parts="notices,profile") == {
        "profile": {"is": "profile"},
        "notices": {"is": "notices"},
    }
    assert parts.asked[1][0]["profile"] == ("identity", "find_resident", {"resident_id": "resident-1"})


def test_a_page_gives_up_on_a_part_sooner_than_a_single_request_does():
    assert Settings().rpc_timeout > SECONDS


def test_parts_of_a_dead_service_are_marked_and_the_others_are_there():
    shown = page(Parts(identity=GONE), parts=",".join(MINE.parts))
    marked = {"unavailable": True, "code": "service.timeout", "detail": GONE.message}
    assert shown["profile"] == shown["notices"] == marked
    assert shown["applications"] == {"is": "applications"} and shown["orders"] == {"is": "orders"}


def test_a_part_of_another_office_is_neither_asked_for_nor_shown():
    parts = Parts()
    shown = page(parts, of=WORK, who=CLERK)
    assert set(shown) == set(parts.asked[0][0]) == {"notices", "applications", "disputes"}


def test_who_names_only_parts_of_other_offices_is_told_so():
    with pytest.raises(Forbidden) as refused:
        page(Parts(), of=WORK, who=CLERK, parts="reports,listings")
    assert refused.value.code == "page.not_for_you"


def test_a_page_without_any_part_is_refused():
    with pytest.raises(Unavailable) as refused:
        page(Parts(identity=GONE, affairs=GONE, market=GONE, integrity=GONE))
    assert refused.value.code == "page.unavailable"


def test_a_refusal_that_the_person_can_mend_is_shown_with_what_to_do():
    no = Forbidden("resident.not_certified", "请先完成村（社区）认证。")
    assert page(Parts(market=no))["orders"] == {
        "unavailable": True,
        "code": "resident.not_certified",
        "detail": no.message,
    }


def test_only_the_parts_that_are_named_are_asked_for_and_given_in_the_pages_order():
    parts = Parts()
    assert page(parts, parts="orders,profile,orders") == {
        "profile": {"is": "profile"},
        "orders": {"is": "orders"},
    }
    ((requests, _, _),) = parts.asked
    assert list(requests) == ["profile", "orders"] and not hasattr(parts, "public_asked")


def test_of_a_part_that_everybody_may_read_no_service_is_asked_for_the_caller():
    parts = Parts()
    parts.waiting = True
    assert page(parts, parts="report_categories") == {"report_categories": {"is": "report_categories"}}
    assert parts.asked == []


def test_one_part_alone_that_cannot_be_given_is_refused_as_a_whole_page_is():
    with pytest.raises(Unavailable):
        page(Parts(market=GONE), parts="orders")


@pytest.mark.parametrize(
    "asked",
    [{"resident_id": "somebody-else"}, {"parts": ""}, {"parts": "orders,"}, {"parts": "orders,secrets"}],
)
def test_what_a_page_does_not_have_is_refused_with_what_it_has(asked):
    parts = Parts()
    with pytest.raises(Invalid) as refused:
        page(parts, **asked)
    assert all(name in refused.value.message for name in MINE.parts) and parts.asked == []
