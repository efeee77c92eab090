"""Whoever's entry was merged into another reads there what the old one was told, and nobody else's."""

import pytest

from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import NotFound
from services.civic.actor import CivicActor
from services.identity.notices.notifications import usecases, views
from services.identity.notices.notifications.model import Notice
from services.identity.notices.notifications.store import NoticeStore

SURVIVOR = CivicActor("new", "resident", merged=("old",))
OTHER = CivicActor("other", "resident", merged=("older",))


@pytest.fixture
def notices(database) -> NoticeStore:
    store = NoticeStore(database)
    store.create_indexes()
    for person in ("old", "new", "stranger"):
        notice = Notice(f"to-{person}", "510183", person, "market.order.paid", "o1", "已付款。", utc_now())
        store.add(notice, [], Call({}))
    return store


def inbox(notices: NoticeStore, actor: CivicActor, unread: bool = False) -> list[str]:
    page = views.inbox(notices, Call({"unread": unread, "limit": 20, "cursor": None}, actor))
    return [one.id for one in page["items"]]


def read(notices: NoticeStore, actor: CivicActor, id: str) -> None:
    call = write_call("identity.read_notice", {"notice_id": id}, actor, id)
    usecases.read(notices, views.own(call), call)


def test_the_inbox_goes_on_with_what_the_old_entry_was_told(notices):
    assert inbox(notices, SURVIVOR) == ["to-new", "to-old"]
    assert inbox(notices, OTHER) == []


def test_what_the_old_entry_was_told_is_marked_as_read_and_anothers_is_not_there(notices):
    read(notices, SURVIVOR, "to-old")
    assert inbox(notices, SURVIVOR, unread=True) == ["to-new"]
    for id in ("to-new", "to-stranger"):
        with pytest.raises(NotFound):
            read(notices, OTHER, id)
