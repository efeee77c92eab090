"""A person's inbox: every notice can be marked as read, one by one or all that were seen, and names what it is about."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, event_call, utc_now, write_call
from services.chassis.core.errors import NotFound
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.identity.notices.notifications import contract, usecases, views
from services.identity.notices.notifications.listeners import told_now
from services.identity.notices.notifications.model import Notice
from services.identity.notices.notifications.naming import ONCE_A_DAY
from services.identity.notices.notifications.store import NoticeStore

HER, HIM = CivicActor("h" * 32, "resident"), CivicActor("i" * 32, "resident")
VILLAGE = "510183103204"
OLD = f"identity.resident.number_claimed-{HER.id}-2026-11-21"
"""An id as 0.1.0 made it."""


@pytest.fixture
def notices(database):
    store = NoticeStore(database)
    store.create_indexes()
    return store


def event(name, number=0, ago=timedelta(), **data) -> Envelope:
    kind = f"xiangzhi.{name}.v1"
    id = f"{name}:{number}"
    return Envelope(id, kind, "/test", f"subject-{number}", utc_now() - ago, VILLAGE, number + 1, data)


def tell(notices, told: Envelope) -> None:
    usecases.notify(notices, told_now([(told, event_call(told.id, told.data, told.time))]))


def expired(notices, number, person=HER, ago=timedelta()) -> None:
    tell(notices, event("market.order.expired", number, ago, buyer_id=person.id, title="金果猕猴桃"))


def refunded(subject="p1", **data) -> Envelope:
    amounts = {
        "amount_fen": 500,
        "refund_fen": 200,
        "refunded_fen": 200,
        "refund_id": "c1",
        "county": VILLAGE[:6],
    }
    told = {
        "payment_id": subject,
        "order_id": "o1",
        "buyer_id": HER.id,
        "title": "金果猕猴桃",
        **amounts,
        **data,
    }
    kind = "xiangzhi.market.payment.refund_overdue.v1"
    return Envelope("r:1", kind, "/test", subject, utc_now(), VILLAGE, 1, told)


def inbox(notices, person=HER, unread=False) -> list[Notice]:
    return views.inbox(notices, Call({"unread": unread, "limit": 100}, person))["items"]


def mark(notices, up_to, person=HER, key="k" * 22) -> dict:
    asked = contract.ReadNotices().load({"up_to": up_to})
    call = write_call("identity.read_notices", asked, person, key)
    return contract.NoticesRead().dump(usecases.read_up_to(notices, views.told(call), call))


def unread(notices, person=HER) -> set[str]:
    return {one.subject for one in inbox(notices, person, unread=True)}


@pytest.mark.parametrize("name", ONCE_A_DAY)
def test_what_comes_once_a_day_can_be_asked_for_and_marked(notices, name):
    for number in range(3):
        tell(notices, event(name, number, holder_id=HER.id))
    (one,) = inbox(notices)
    call = write_call(
        "identity.read_notice", contract.ReadNotice().load({"notice_id": one.id}), HER, "k" * 22
    )
    assert usecases.read(notices, views.own(call), call).read_at
    assert unread(notices) == set()


def test_a_notice_of_before_can_be_marked_as_well(notices):
    notices.add(Notice(OLD, VILLAGE, HER.id, "x", "s", "t", utc_now()), [], Call({}))
    call = write_call("identity.read_notice", contract.ReadNotice().load({"notice_id": OLD}), HER, "k" * 22)
    assert usecases.read(notices, views.own(call), call).read_at
    assert mark(notices, OLD) == {"up_to": OLD}


def test_all_that_was_seen_is_marked_and_what_comes_meanwhile_stays_unread(notices):
    for number in range(3):
        expired(notices, number)
    expired(notices, 9, HIM)
    seen = inbox(notices)
    expired(notices, 3)
    # it happened long before, and is heard of only now
    expired(notices, 4, ago=timedelta(hours=2))
    assert mark(notices, seen[0].id) == {"up_to": seen[0].id}
    assert unread(notices) == {"subject-3", "subject-4"}
    assert unread(notices, HIM) == {"subject-9"}


def test_marking_again_changes_nothing_and_keeps_the_first_time(notices):
    expired(notices, 0)
    (one,) = inbox(notices)
    mark(notices, one.id)
    first = inbox(notices)[0]
    assert mark(notices, one.id) == mark(notices, one.id, key="n" * 22) == {"up_to": one.id}
    again = inbox(notices)[0]
    assert (again.read_at, again.version) == (first.read_at, first.version)


def test_what_is_older_than_the_one_that_is_named_is_marked_and_nothing_newer(notices):
    for number in range(4):
        expired(notices, number)
    # in the order of the inbox: what is told in one millisecond stands by its id
    latest, later, named, _ = inbox(notices)
    mark(notices, named.id)
    assert unread(notices) == {latest.subject, later.subject}


@pytest.mark.parametrize("up_to", ["unknown", None])
def test_nobody_marks_by_the_notice_of_another_or_by_one_that_is_not_there(notices, up_to):
    expired(notices, 0)
    expired(notices, 1, HIM)
    with pytest.raises(NotFound):
        mark(notices, up_to or inbox(notices, HIM)[0].id)
    assert unread(notices) == {"subject-0"}


def test_one_that_waits_for_the_morning_is_not_there_to_be_marked_by(notices):
    later = utc_now() + timedelta(hours=8)
    notices.add(Notice("later", VILLAGE, HER.id, "x", "s", "t", later), [], Call({}))
    with pytest.raises(NotFound):
        mark(notices, "later")


def test_while_notices_come_in_marking_takes_none_that_was_not_seen(notices):
    expired(notices, 0)
    seen, begun = inbox(notices), threading.Event()

    def come_in():
        for number in range(1, 41):
            expired(notices, number)
            begun.set()

    coming = threading.Thread(target=come_in)
    coming.start()
    begun.wait()
    for number in range(10):
        mark(notices, seen[0].id, key=f"key-{number}".ljust(22, "k"))
    coming.join()
    assert unread(notices) == {f"subject-{number}" for number in range(1, 41)}


def test_a_notice_names_the_matter_or_the_goods_and_one_of_before_names_nothing(notices):
    expired(notices, 0)
    tell(notices, event("affairs.application.accepted", 1, applicant_id=HER.id, matter_name="高龄津贴"))
    tell(notices, event("affairs.application.declined", 2, applicant_id=HER.id))
    notices.documents.update_one({"subject": "subject-2"}, {"$unset": {"title": ""}})
    told = {one["subject"]: one["title"] for one in map(contract.Notice().dump, inbox(notices))}
    assert told == {"subject-0": "金果猕猴桃", "subject-1": "高龄津贴", "subject-2": ""}


def test_a_refund_leads_the_buyer_to_the_order_by_its_title_and_the_office_to_the_payment(notices):
    event = refunded()
    told = told_now([(event, event_call(event.id, event.data, event.time))])
    usecases.notify(notices, told)
    usecases.notify_offices(notices, lambda role, region: [role], told)
    (hers,) = inbox(notices)
    assert (hers.subject, hers.title) == ("o1", "金果猕猴桃")
    assert [one.subject for one in inbox(notices, CivicActor("clerk", "official"))] == ["p1"]


def test_a_refund_of_a_payment_from_before_has_no_title_and_leads_to_the_order_all_the_same(notices):
    event = refunded()
    event.data.pop("title")
    tell(notices, event)
    (hers,) = inbox(notices)
    assert (hers.subject, hers.title) == ("o1", "")
