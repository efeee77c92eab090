"""Whoever is being erased applies for nothing; what was decided stays on file for the county, nameless otherwise."""

import pytest
from bson import json_util

from services.affairs.civic.rules import who_is_leaving_applies_for_nothing
from services.affairs.matters.applications import usecases
from services.affairs.matters.applications.scopes import only_officials_of_the_region
from services.chassis.core.calls import event_call
from services.chassis.core.errors import DomainError, NotFound
from services.chassis.events.event import Envelope
from services.chassis.storage.encrypted_fields import in_full
from services.civic.capability import store_of
from services.civic.privacy import account_closure
from services.civic.privacy.personal_data import one_by_one, what_is_open
from tests.integration.affairs.conftest import MONDAY, VILLAGE

NAME, PHONE, NUMBER = "王秀英", "13800000013", "510183199001010011"
AccountClosureStore = store_of("affairs", account_closure.AccountClosureStore)
GIVEN = [{"name": "居民身份证", "note": NUMBER}, {"name": "居民户口簿", "note": ""}]


class Leaving:
    """The departures beside the applications."""

    def __init__(self, affairs):
        self.affairs, self.store = affairs, AccountClosureStore(affairs.people.documents.database)
        self.store.create_indexes()
        self.heard = 0

    def must_not_leave(self, person: str) -> None:
        who_is_leaving_applies_for_nothing(self.store.is_leaving(person))

    def apply(self, matter="m1", key="", check=None):
        a = self.affairs
        call = a.call(
            a.resident, key, render=in_full, matter_id=matter, name=NAME, phone=PHONE, materials=GIVEN, answers={}
        )  # fmt: skip
        check = check or self.must_not_leave
        return usecases.apply_for_matter(a.applications, a.people, a.moves, a.matters, a.days, check, call)

    def decided(self, outcome="granted"):
        a, one = self.affairs, self.apply("m2")
        for verb, data in (("accept", {}), ("decide", {"outcome": outcome, "reason": None})):
            call = a.call(a.clerk, application_id=one.id, **data)
            days = (a.days,) if verb == "accept" else ()
            getattr(usecases, verb)(a.applications, *days, {}, call)
        return one

    def _call(self, what, erasure, **more):
        data = {"resident_id": "r1", "erasure_id": erasure, **more}
        event = Envelope(
            f"{what}:{erasure}", f"xiangzhi.identity.{what}.v1", "/x", "s", MONDAY, VILLAGE, 1, data
        )
        return event, event_call(event.id, data, MONDAY)

    def begin(self, erasure="e1") -> str:
        count = lambda person: what_is_open(self.affairs.applications, person)["count"]  # noqa: E731
        account_closure.begin(self.store, count, *self._call("erasure.begun", erasure))
        return self.store.of("r1").state

    def stay(self, erasure="e1") -> None:
        account_closure.stay(self.store, self._call("erasure.hindered", erasure)[1])

    def go(self) -> None:
        erase = lambda person, call: one_by_one(self.affairs.applications, person, call)  # noqa: E731
        account_closure.go(self.store, erase, self._call("resident.erased", "e1")[1])

    def told(self) -> list[str]:
        outbox = self.store.documents.find_one()["outbox"]
        return [one["type"].split(".")[3] for one in outbox]


@pytest.fixture
def leaving(affairs):
    return Leaving(affairs)


def test_an_open_application_is_named_and_keeps_the_person_here(leaving):
    one = leaving.apply()
    shown = what_is_open(leaving.affairs.applications, "r1")
    assert (shown["count"], shown["items"][0]["id"], shown["items"][0]["state"]) == (1, one.id, "submitted")
    for _ in range(2):
        assert leaving.begin() == "hindered"
    assert leaving.told() == ["hindered"]
    assert leaving.apply("m2").state == "submitted"


def test_whoever_is_leaving_applies_for_nothing_and_whoever_stays_does_again(leaving):
    for _ in range(2):
        assert leaving.begin() == "cleared"
    assert leaving.told() == ["cleared"]
    with pytest.raises(DomainError) as refused:
        leaving.apply()
    assert refused.value.code == "departure.no_application"
    leaving.stay("another")
    assert leaving.store.is_leaving("r1")
    leaving.stay()
    assert leaving.apply().state == "submitted"
    assert leaving.begin("e2") == "hindered"


def test_what_is_open_under_a_merged_entry_keeps_the_person_and_nothing_new_begins_under_it(leaving):
    leaving.apply()
    counted = []

    def count(*entries):
        counted.append(entries)
        return what_is_open(leaving.affairs.applications, entries[-1])["count"]

    asked = {"resident_id": "survivor", "entries": ["survivor", "r1"]}
    event, call = leaving._call("erasure.begun", "e1", **asked)
    account_closure.begin(leaving.store, count, event, call)
    assert counted == [("survivor", "r1")] and leaving.store.of("survivor").state == "hindered"
    assert leaving.store.is_leaving("r1")
    account_closure.stay(leaving.store, leaving._call("erasure.hindered", "e1", **asked)[1])
    assert not leaving.store.is_leaving("r1")


def test_an_application_that_was_written_while_it_was_looked_is_withdrawn_nameless(leaving):
    asked = []

    def check(person):
        asked.append(person)
        # it is written; the departure did not see it
        assert leaving.affairs.applications.documents.find_one({})["open"]
        account_closure.begin(leaving.store, lambda person: 0, *leaving._call("erasure.begun", "e1"))
        leaving.must_not_leave(person)

    for _ in range(2):
        with pytest.raises(DomainError, match=r"departure\.no_application"):
            leaving.apply(key="one-key", check=check)
    (found,) = leaving.affairs.applications.documents.find()
    opened = leaving.affairs.applications.from_document(found)
    assert (found["state"], opened.applicant_name, found["requests"]) == ("withdrawn", "已注销", [])
    assert len(asked) == 1, "the repeat is refused before anything is written"


def test_of_an_erased_person_only_decisions_keep_the_name_and_only_the_county_sees_them(leaving):
    kept, lapsed = leaving.decided(), leaving.apply("m1")
    for _ in range(2):
        leaving.go()
    a = leaving.affairs
    found = list(a.applications.documents.find())
    opened = [in_full(a.applications.from_document(one)) for one in found]
    raw = json_util.dumps([*found, *opened], ensure_ascii=False)
    assert PHONE not in raw and NUMBER not in raw and raw.count(NAME) == 1
    assert a.applications.get(kept.id).applicant_name == NAME
    assert (
        a.applications.get(lapsed.id).applicant_name == a.applications.get(lapsed.id).shown_name == "已注销"
    )
    village = only_officials_of_the_region(a.official("village_administrator", VILLAGE))
    with pytest.raises(NotFound):
        a.applications.get(kept.id, scope=village)
    assert a.applications.get(kept.id, scope=only_officials_of_the_region(a.clerk)).id == kept.id
    assert leaving.store.of("r1") is None


def test_a_crash_in_the_middle_of_erasing_is_made_good_by_the_next_try(leaving, monkeypatch):
    leaving.decided()
    leaving.apply("m1")
    store, save, done = leaving.affairs.applications, leaving.affairs.applications.save, []

    def crashes_the_second_time(*args, **kwargs):
        done.append(1)
        if len(done) == 2:
            raise ConnectionError
        return save(*args, **kwargs)

    monkeypatch.setattr(store, "save", crashes_the_second_time)
    with pytest.raises(ConnectionError):
        leaving.go()
    assert len(store.not_erased_of("r1", 10)) == 1
    leaving.go()
    assert store.not_erased_of("r1", 10) == []
    assert PHONE not in json_util.dumps(list(store.documents.find()))
