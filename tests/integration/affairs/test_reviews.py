"""Reviews on a real database: one of one decision, never by who had a hand in it, up once, and what is set aside is handled again once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from services.affairs.matters.applications import anew
from services.affairs.matters.applications import clocking as application_clocking
from services.affairs.matters.applications import scopes as application_scopes
from services.affairs.matters.applications import usecases as application_usecases
from services.affairs.matters.reviews import contract, usecases, views
from services.affairs.matters.reviews.model import ReviewTerms
from services.affairs.matters.reviews.store import ReviewStore
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.core.errors import Conflict, DomainError, NotFound, Rejected, VersionConflict
from services.chassis.storage.overdue import overdue
from services.civic.actor import SYSTEM, CivicActor
from tests.integration.affairs.conftest import MONDAY, VILLAGE
from tests.integration.affairs.test_application_files import (
    APPLICANT,
    BOOK,
    CARD,
    CLERK,
    COLLEAGUE,
    HEAD,
    OTHER,
    STRANGER,
    HandingIn,
    helper,
    swept,
)

TOWN = CivicActor("h2", "official", (Role("town_administrator", VILLAGE[:9]),))
ELSEWHERE = CivicActor("h9", "official", (Role("county_administrator", "510184"),))
TERMS, BOUND = ReviewTerms(), 30
LATE = MONDAY + timedelta(days=60)


class Reviews:
    """The reviews, with the applications they are of; `heard` does what the broker brings."""

    def __init__(self, affairs, database):
        self.affairs, self.cases, self.days = affairs, affairs.applications, affairs.days
        self.store = ReviewStore(database)
        self.store.create_indexes()
        self.leaving: set[str] = set()

    def must_not_leave(self, *people: str) -> None:
        if self.leaving & set(people):
            raise Rejected("departure.no_application", "您的账号正在注销，不能提交新的申请。")

    def refused(self, **more) -> str:
        """An application that CLERK has refused."""
        handed = HandingIn(self.affairs)
        self.handed, call = handed, self.affairs.call
        scope = application_scopes.only_the_office_of_the_region(CLERK)
        for each in more.get("photos", ()):
            handed.whole(material=each)
        application_usecases.accept(self.cases, self.days, scope, call(CLERK, application_id=handed.id))
        decided = call(CLERK, application_id=handed.id, outcome="refused", reason="户口不在本村")
        application_usecases.decide(self.cases, scope, decided)
        return handed.id

    def ask(self, id, actor=APPLICANT, now=MONDAY, key=""):
        call = self.affairs.call(actor, key, now, application_id=id, grounds="户口就在本村")
        return usecases.ask(self.store, self.cases, self.must_not_leave, TERMS, self.days, call)

    def asked(self, **more) -> str:
        id = self.refused(**more)
        self.ask(id)
        return id

    def do(self, act, actor, id, *more, now=MONDAY, **asked):
        return act(self.store, *more, self.affairs.call(actor, now=now, review_id=id, **asked))

    def take(self, id, actor=COLLEAGUE):
        return self.do(usecases.take, actor, id)

    def decide(self, id, outcome, actor=COLLEAGUE):
        return self.do(usecases.decide, actor, id, TERMS, self.days, outcome=outcome, reason="查过户口簿")

    def go_on(self, id, actor=APPLICANT):
        return self.do(usecases.go_on, actor, id, TERMS, self.days, grounds="户口簿请再看")

    def ended(self, outcome) -> str:
        id = self.asked()
        self.take(id)
        self.decide(id, outcome)
        return id

    def event(self, store, id, name) -> dict:
        outbox = store.documents.find_one({"_id": id})["outbox"]
        return next(one for one in outbox if one["type"].split(".")[-2] == name or name in one["type"])

    def heard(self, id, key="") -> None:
        """What applications hear of a decision, then reviews of the second handling."""
        event = self.event(self.store, id, "decided")
        call = replace(Call(event["data"], SYSTEM, key or f"event-{id}"), now=MONDAY)
        anew.open_anew(self.cases, self.days, self.must_not_leave, call)
        found = self.cases.documents.find_one({"reviewed_from": id})
        if found:
            told = self.event(self.cases, found["_id"], "reopened")["data"]
            usecases.lead_to(self.store, replace(Call(told, SYSTEM, f"again-{id}"), now=MONDAY))

    def sweep(self, now) -> int:
        return usecases.sweep(self.store, TERMS, self.days, replace(Call({}, SYSTEM), now=now))

    def events(self, id) -> list[str]:
        return [one["type"].split(".")[3] for one in self.store.documents.find_one({"_id": id})["outbox"]]

    def listed(self, actor, state="asked") -> list[str]:
        asked = {"limit": 100, "cursor": None, "state": state}
        call = replace(Call(asked, actor), now=MONDAY)
        return [one.id for one in views.waiting(self.store, self.days, call)["items"]]

    def seen(self, actor, id):
        return views.one(self.store, self.days, Call({"review_id": id}, actor))

    def against(self, id, actor=APPLICANT, now=MONDAY):
        call = replace(Call({"application_id": id}, actor), now=now)
        return views.against(self.store, self.cases, TERMS, self.days, call)


@pytest.fixture
def reviews(affairs, database):
    return Reviews(affairs, database)


def at_once(*jobs) -> list:
    together = Barrier(len(jobs), timeout=BOUND)

    def run(job):
        together.wait()
        for _ in range(20):
            try:
                return job()
            except VersionConflict:
                continue
            except DomainError as error:
                return error
        return None

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(BOUND) for done in [pool.submit(run, job) for job in jobs]]


def codes(done) -> list[str]:
    return [one.code for one in done if isinstance(one, DomainError)]


def test_one_decision_has_one_review_however_often_it_is_asked_at_once(reviews):
    id = reviews.refused()
    done = at_once(*[lambda: reviews.ask(id)] * 4)
    assert codes(done) == ["review.asked_already"] * 3
    assert reviews.events(id) == ["asked"]


def test_only_who_applied_and_a_helper_within_the_mandate_ask(reviews):
    id = reviews.refused()
    for actor in (OTHER, helper("1")):
        with pytest.raises(NotFound):
            reviews.ask(id, actor)
    assert reviews.ask(id, helper("20")).acted_by == "r2"
    told = reviews.event(reviews.store, id, "asked")["data"]
    assert (told["acted_by"], told["mandate_id"]) == ("r2", "mandate-1")
    assert "户口" not in str(told)


def test_what_is_not_decided_is_not_reviewed_and_what_is_over_too_long_neither(reviews):
    waiting = HandingIn(reviews.affairs).id
    with pytest.raises(Conflict, match="nothing_decided"):
        reviews.ask(waiting)
    assert reviews.against(waiting)["decision"] is None
    reviews.cases.documents.delete_one({"_id": waiting})
    id = reviews.refused()
    with pytest.raises(Rejected, match="too_late"):
        reviews.ask(id, now=LATE)
    assert reviews.against(id)["may_ask"] and not reviews.against(id, now=LATE)["may_ask"]


def test_who_had_a_hand_in_it_finds_no_such_review_and_another_of_the_office_does(reviews):
    id = reviews.asked()
    for actor in (CLERK, STRANGER, ELSEWHERE, OTHER):
        with pytest.raises(NotFound):
            reviews.seen(actor, id)
        with pytest.raises(NotFound):
            reviews.take(id, actor)
        assert id not in (reviews.listed(actor) if actor.kind == "official" else ())
    both = CivicActor("c1", "official", (Role("clerk", "510183"), Role("county_administrator", "510183")))
    with pytest.raises(NotFound):
        reviews.take(id, both)
    assert reviews.listed(COLLEAGUE) == reviews.listed(TOWN) == reviews.listed(HEAD) == [id]
    with pytest.raises(NotFound):  # the county's turn comes later
        reviews.take(id, HEAD)
    assert reviews.take(id, TOWN).taken_by == "h2"


def test_everybody_who_took_a_step_had_a_hand_in_it(reviews):
    handed = HandingIn(reviews.affairs)
    for actor, step in ((COLLEAGUE, "accept"), (CLERK, "decide")):
        scope = application_scopes.only_the_office_of_the_region(actor)
        call = reviews.affairs.call(actor, application_id=handed.id, outcome="refused", reason="不在本村")
        if step == "accept":
            application_usecases.accept(reviews.cases, reviews.days, scope, call)
        else:
            application_usecases.decide(reviews.cases, scope, call)
    reviews.ask(handed.id)
    assert reviews.store.get(handed.id).handlers == ["c1", "c2"]
    with pytest.raises(NotFound):
        reviews.take(handed.id, COLLEAGUE)
    assert reviews.take(handed.id, TOWN).state == "taken"


def test_who_closed_a_lapse_and_which_head_gave_more_time_had_a_hand_in_it_too(reviews):
    handed = HandingIn(reviews.affairs)
    reviews.cases.documents.update_one({"_id": handed.id}, {"$set": {"matter_kind": "1"}})
    handed.step(application_usecases.accept, reviews.days)
    more = reviews.affairs.call(HEAD, application_id=handed.id, days=5, reason="要开会")
    scope = application_scopes.only_heads_of_the_region(HEAD)
    application_clocking.extend(reviews.cases, reviews.days, scope, more)
    assert reviews.cases.get(handed.id).who_handled == ["c1", "h1"]
    reviews.cases.documents.delete_one({"_id": handed.id})
    lapsed = HandingIn(reviews.affairs)
    lapsed.notify("居民身份证", "居民户口簿")
    call = reviews.affairs.call(COLLEAGUE, now=LATE, application_id=lapsed.id)
    scope = application_scopes.only_the_office_of_the_region(COLLEAGUE)
    application_usecases.lapse(reviews.cases, scope, call)
    assert reviews.ask(lapsed.id, now=LATE).decision == "lapsed"
    assert reviews.store.get(lapsed.id).handlers == ["c1", "c2"]


def test_two_who_take_it_at_once_leave_one_and_only_that_one_decides(reviews):
    for _ in range(3):
        id = reviews.asked()
        done = at_once(lambda id=id: reviews.take(id, COLLEAGUE), lambda id=id: reviews.take(id, TOWN))
        assert codes(done) == ["review.step_does_not_fit"]
        mine, other = (COLLEAGUE, TOWN) if reviews.store.get(id).taken_by == "c2" else (TOWN, COLLEAGUE)
        assert (reviews.listed(mine, "mine"), reviews.listed(other, "mine")) == ([id], [])
        with pytest.raises(Conflict, match="taken_by_another"):
            reviews.decide(id, "upheld", other)
        assert reviews.events(id) == ["asked", "taken"]
        reviews.decide(id, "upheld", mine)
        reviews.store.documents.delete_one({"_id": id})


def test_deciding_and_withdrawing_at_once_leave_one_end(reviews):
    for _ in range(3):
        id = reviews.asked()
        reviews.take(id)
        done = at_once(
            lambda id=id: reviews.decide(id, "set_aside"),
            lambda id=id: reviews.do(usecases.withdraw, APPLICANT, id),
        )
        assert codes(done) == ["review.step_does_not_fit"]
        assert len({"decided", "withdrawn"} & set(reviews.events(id))) == 1


def test_upheld_it_goes_on_to_the_county_once_and_who_reviewed_it_first_has_no_hand_in_it(reviews):
    id = reviews.ended("upheld")
    with pytest.raises(NotFound):
        reviews.go_on(id, OTHER)
    done = at_once(*[lambda: reviews.go_on(id)] * 3)
    assert len(codes(done)) == 2 and reviews.events(id).count("raised") == 1
    for actor in (COLLEAGUE, TOWN):
        with pytest.raises(NotFound):
            reviews.take(id, actor)
    reviews.take(id, HEAD)
    reviews.decide(id, "upheld", HEAD)
    with pytest.raises(Conflict, match="final"):
        reviews.go_on(id)
    shown = contract.Review().dump(reviews.seen(APPLICANT, id))
    assert [one["level"] for one in shown["rounds"]] == ["office", "county"]
    assert shown["final"] and "taken_by" not in str(shown) and "'c2'" not in str(shown)


def test_what_the_office_lets_lie_goes_up_exactly_once_however_many_sweep(reviews):
    asked = reviews.asked()
    taken = reviews.asked()
    reviews.take(taken)
    assert overdue(reviews.store, LATE) == 2
    assert reviews.sweep(MONDAY + timedelta(days=13)) == 0
    assert sum(at_once(*[lambda: reviews.sweep(MONDAY + timedelta(days=16))] * 4)) == 2
    for id in (asked, taken):
        assert reviews.events(id).count("raised") == 1
        assert reviews.store.get(id).level == "county"
    assert reviews.sweep(LATE + timedelta(days=300)) == 0
    with pytest.raises(NotFound):
        reviews.decide(taken, "upheld")


def test_the_list_says_what_is_late_and_what_ends_soon(reviews):
    id = reviews.asked()
    call = {"limit": 10, "cursor": None, "state": "asked"}
    pace = lambda days: [  # noqa: E731
        contract.PacedReviewRow().dump(one)["pace"]
        for one in views.waiting(
            reviews.store, reviews.days, replace(Call(call, HEAD), now=MONDAY + timedelta(days=days))
        )["items"]
    ]
    assert (pace(0), pace(12), pace(16)) == (["in_time"], ["soon"], ["late"])
    assert id in reviews.listed(HEAD)


def test_what_is_set_aside_is_handled_again_once_with_everything_carried_over(reviews):
    id = reviews.refused(photos=(CARD, BOOK))
    reviews.ask(id)
    reviews.take(id)
    reviews.decide(id, "set_aside")
    at_once(*[lambda: reviews.heard(id)] * 3)
    reviews.heard(id, key="another delivery")
    [found] = reviews.cases.documents.find({"reviewed_from": id})
    old, new = reviews.cases.get(id), reviews.cases.get(found["_id"])
    assert (old.state, old.outcome, new.state) == ("decided", "refused", "submitted")
    assert reviews.store.get(id).new_application_id == new.id
    assert reviews.events(id).count("reopened") == 1
    for name in anew.CARRIED:
        assert getattr(new, name) == getattr(old, name), name
    assert [one["id"] for one in new.files] == [one["id"] for one in old.files] and len(new.files) == 2
    told = [one["type"].split(".")[3] for one in found["outbox"]]
    assert told == ["submitted", "reopened"]
    assert (new.steps[0]["by"], new.steps[0]["what"]) == ("clerk", "reopened")
    assert reviews.against(id)["new_application_id"] == new.id
    for one in new.files:
        assert reviews.cases.holds_file(new.id, one["id"], LATE)
    reviews.handed.id = new.id
    assert reviews.handed.seen(APPLICANT, new.files[0]["id"])["type"].startswith("image/")


def test_files_that_are_carried_over_outlive_the_first_handling_and_end_with_the_second(reviews):
    catalogue = reviews.affairs.matters.documents
    catalogue.update_one({"_id": "m1"}, {"$set": {"files_kept_years": 3}})
    id = reviews.refused(photos=(CARD,))
    catalogue.update_one({"_id": "m1"}, {"$set": {"files_kept_years": 1}})
    reviews.ask(id)
    reviews.take(id)
    reviews.decide(id, "set_aside")
    reviews.heard(id)
    old, new = reviews.cases.get(id), reviews.cases.open_one(APPLICANT.id, "m1")
    after_the_first = old.closed_at + timedelta(days=4 * 366)
    assert new.files_kept_years == 3
    assert swept(reviews.handed, after_the_first) == 0 and reviews.handed.held()[0] == 1

    call = partial(reviews.affairs.call, CLERK, now=after_the_first, application_id=new.id)
    scope = application_scopes.only_the_office_of_the_region(CLERK)
    application_usecases.accept(reviews.cases, reviews.days, scope, call())
    granted = call(outcome="granted", reason=None)
    application_usecases.decide(reviews.cases, scope, granted, received=reviews.affairs.files)
    assert swept(reviews.handed, after_the_first + timedelta(days=2 * 366)) == 0
    assert swept(reviews.handed, after_the_first + timedelta(days=4 * 366)) == 1


def test_where_one_is_open_already_that_is_the_second_handling(reviews):
    id = reviews.ended("set_aside")
    open_one = HandingIn(reviews.affairs).id
    reviews.heard(id)
    reviews.heard(id, key="another delivery")
    assert reviews.cases.get(open_one).reviewed_from == id
    assert reviews.store.get(id).new_application_id == open_one
    assert reviews.cases.documents.count_documents({"reviewed_from": id}) == 1


def test_who_is_being_erased_asks_for_nothing_and_nothing_is_opened_for_them(reviews):
    id = reviews.refused()
    reviews.leaving = {"r1"}
    with pytest.raises(Rejected, match="no_application"):
        reviews.ask(id)
    reviews.leaving = set()
    asked = reviews.ask(id)
    assert asked.state == "asked"
    reviews.take(id)
    reviews.decide(id, "set_aside")
    reviews.leaving = {"r1"}
    reviews.heard(id)
    assert reviews.cases.documents.count_documents({"reviewed_from": id}) == 0


def test_an_erasure_that_begins_meanwhile_ends_the_review_that_was_just_asked(reviews):
    id, looks = reviews.refused(), []

    def begins_at_the_second_look(*people):
        looks.append(people)
        if len(looks) == 2:
            raise Rejected("departure.no_application", "您的账号正在注销，不能提交新的申请。")

    reviews.must_not_leave = begins_at_the_second_look
    with pytest.raises(Rejected, match="no_application"):
        reviews.ask(id)
    kept = reviews.store.get(id)
    assert (kept.state, kept.erased, kept.rounds[0]["grounds"]) == ("withdrawn", True, "")


def test_the_last_days_of_the_law_stand_with_the_decision_and_move_with_nothing(reviews):
    id = reviews.refused()
    before = reviews.against(id)
    reviews.ask(id)
    reviews.take(id)
    reviews.decide(id, "upheld")
    reviews.go_on(id)
    after = reviews.against(id)
    shown = contract.Review().dump(reviews.seen(APPLICANT, id))
    for name in ("reconsider_by", "sue_by"):
        assert before[name] == after[name]
    assert shown["reconsider_by"].startswith("2027-01-22") and shown["sue_by"].startswith("2027-05-24")
    assert before["sue_provisional"] and before["may_ask"] != after["may_ask"]
