"""Ratings on a real database: one of one handling whatever comes at once, the case of a bad one, its scopes, what a clerk and what everybody reads."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest

from services.affairs.matters.applications import scopes as application_scopes
from services.affairs.matters.applications import usecases as application_usecases
from services.affairs.matters.applications import views as application_views
from services.affairs.matters.ratings import contract, links, publishing, usecases, views
from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.ratings.store import RatingStore
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.core.errors import (
    AlreadyAnswered,
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    VersionConflict,
)
from services.chassis.storage.overdue import overdue
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor
from tests.integration.affairs.conftest import MONDAY, VILLAGE
from tests.integration.affairs.test_application_files import (
    APPLICANT,
    CLERK,
    COLLEAGUE,
    HEAD,
    OTHER,
    STRANGER,
    HandingIn,
)

TOWN = CivicActor("h2", "official", (Role("town_administrator", VILLAGE[:9]),))
ELSEWHERE = CivicActor("h9", "official", (Role("county_administrator", "510184"),))
TERMS, BOUND = RatingTerms(), 30
LATE = MONDAY + timedelta(days=60)


class Ratings:
    """The ratings, with the applications they are of; `heard` does what the broker brings."""

    def __init__(self, affairs, database):
        self.affairs, self.cases, self.days = affairs, affairs.applications, affairs.days
        self.store = RatingStore(database)
        self.store.create_indexes()

    def handled(self, declined=False) -> str:
        """An application that CLERK has answered."""
        id, call = HandingIn(self.affairs).id, self.affairs.call
        scope = application_scopes.only_the_office_of_the_region(CLERK)
        if declined:
            application_usecases.decline(
                self.cases, scope, call(CLERK, application_id=id, reason="不归我们管")
            )
            return id
        application_usecases.accept(self.cases, self.days, scope, call(CLERK, application_id=id))
        decided = call(CLERK, application_id=id, outcome="granted", reason=None)
        application_usecases.decide(self.cases, scope, decided)
        return id

    def by_page(self, id, stars=1, comment="跑了四趟", actor=APPLICANT, key=""):
        asked = self.affairs.call(actor, key, application_id=id, stars=stars, comment=comment)
        scope = application_scopes.only_the_applicant(actor)
        return application_usecases.rate(self.cases, scope, asked)

    def link(self, id) -> dict:
        return {"application_id": id, "token": links.token_of(self.store, id)}

    def by_link(self, id, stars=1, comment=None, key=""):
        asked = self.affairs.call(ANONYMOUS, key, **self.link(id), stars=stars, comment=comment)
        return links.rate(self.store, self.cases, asked)

    def heard(self, id) -> None:
        event = self.cases.documents.find_one({"_id": id})["outbox"][-1]
        call = replace(Call(event["data"], SYSTEM, f"event-{event['data']['application_id']}"), now=MONDAY)
        usecases.receive(self.store, self.cases, TERMS, self.days, call)

    def rated(self, stars=1, declined=False) -> str:
        id = self.handled(declined)
        self.by_page(id, stars)
        self.heard(id)
        return id

    def do(self, act, actor, id, *more, now=MONDAY, **asked):
        return act(self.store, *more, self.affairs.call(actor, now=now, rating_id=id, **asked))

    def answered(self, by=HEAD) -> str:
        id = self.rated()
        self.do(usecases.call_back, by, id, said="补一份收件单")
        self.do(usecases.answer, by, id, TERMS, self.days, answer="已补")
        return id

    def confirm(self, id, mended, actor=APPLICANT):
        return self.do(usecases.confirm, actor, id, TERMS, self.days, mended=mended, objection="没有补")

    def sweep(self, now) -> int:
        return usecases.sweep(self.store, TERMS, self.days, replace(Call({}, SYSTEM), now=now))

    def events(self, id) -> list[str]:
        return [one["type"].split(".")[3] for one in self.store.documents.find_one({"_id": id})["outbox"]]


@pytest.fixture
def ratings(affairs, database):
    return Ratings(affairs, database)


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


def test_by_page_and_by_link_at_once_one_rating_is_given_and_it_stays(ratings):
    for _ in range(3):
        id = ratings.handled()
        done = at_once(
            *[lambda id=id: ratings.by_page(id, 5)] * 2, *[lambda id=id: ratings.by_link(id, 1)] * 2
        )
        refused = [one for one in done if isinstance(one, Conflict)]
        assert [one.code for one in refused] == ["application.rated_already"] * 3
        kept = ratings.cases.get(id)
        assert (kept.stars, kept.rated_through) in ((5, "page"), (1, "link"))
        ratings.heard(id)
        ratings.heard(id)
        assert ratings.store.documents.count_documents({"application_id": id}) == 1
        assert ratings.store.get(id).level == kept.stars
        ratings.cases.documents.delete_one({"_id": id})


def test_heard_twice_at_once_it_is_copied_once_with_one_case(ratings):
    id = ratings.handled()
    ratings.by_link(id)
    assert not [one for one in at_once(*[lambda: ratings.heard(id)] * 4) if one]
    assert ratings.events(id) == ["received", "case_opened"]
    kept = ratings.store.get(id)
    assert (kept.official_id, kept.channel, kept.level, kept.month) == ("c1", "link", 1, "2026-11")


def test_the_link_needs_no_account_opens_one_handling_and_tells_nothing_of_who_applied(ratings):
    id = ratings.handled()
    path = links.path_for_the_window(
        ratings.store, ratings.cases, ratings.affairs.call(CLERK, application_id=id)
    )
    assert path["path"] == "/rate/{application_id}/{token}".format(**ratings.link(id))
    call = Call(ratings.link(id), ANONYMOUS)
    told = contract.LinkedHandling().dump(links.opened(ratings.store, ratings.cases, call))
    assert set(told) == {"application_id", "matter_name", "office", "closed_at", "rated"}
    assert "王" not in str(told) and not told["rated"]
    other = {**ratings.link(id), "token": ratings.link("another")["token"]}
    for wrong in (other, {**ratings.link(id), "token": "x" * 43}, ratings.link("f" * 32)):
        with pytest.raises(NotFound, match="link_unknown"):
            links.opened(ratings.store, ratings.cases, Call(wrong, ANONYMOUS))
    with pytest.raises(NotFound):
        links.path_for_the_window(
            ratings.store, ratings.cases, ratings.affairs.call(STRANGER, application_id=id)
        )


def test_before_it_is_handled_there_is_no_link_and_what_was_declined_is_rated_too(ratings):
    waiting = HandingIn(ratings.affairs).id
    with pytest.raises(NotFound, match="link_unknown"):
        links.opened(ratings.store, ratings.cases, Call(ratings.link(waiting), ANONYMOUS))
    with pytest.raises(Conflict, match="not_handled_yet"):
        asked = ratings.affairs.call(CLERK, application_id=waiting)
        links.path_for_the_window(ratings.store, ratings.cases, asked)
    ratings.cases.documents.delete_one({"_id": waiting})
    id = ratings.rated(2, declined=True)
    assert ratings.store.get(id).state == "to_call"
    assert ratings.cases.with_verified(id) is None


def test_a_repeated_request_by_the_link_rates_once_and_hears_the_same(ratings):
    id, key = ratings.handled(), uuid.uuid4().hex
    ratings.by_link(id, 4, key=key)
    with pytest.raises(AlreadyAnswered):
        ratings.by_link(id, 4, key=key)
    assert ratings.cases.get(id).version == 4


def test_from_a_bad_rating_to_the_citizens_word(ratings):
    id = ratings.answered()
    with pytest.raises(NotFound):
        ratings.confirm(id, True, actor=OTHER)
    assert ratings.confirm(id, True).state == "mended"
    assert ratings.events(id) == ["received", "case_opened", "called_back", "answered", "closed"]
    told = str([one["data"] for one in ratings.store.documents.find_one({"_id": id})["outbox"]])
    assert not any(word in told for word in ("四趟", "收件单", "已补", "没有补"))
    shown = contract.Rating().dump(views.one(ratings.store, Call({"rating_id": id}, APPLICANT)))
    assert shown["rounds"][0]["answer"] == "已补" and "'c1'" not in str(shown)


def test_what_is_not_mended_goes_up_and_only_the_county_goes_on(ratings):
    id = ratings.answered(by=TOWN)
    assert ratings.confirm(id, False).raised
    with pytest.raises(Forbidden, match="with_the_county"):
        ratings.do(usecases.call_back, TOWN, id, said="再问")
    ratings.do(usecases.call_back, HEAD, id, said="再问")
    ratings.do(usecases.answer, HEAD, id, TERMS, ratings.days, answer="县里已改")
    assert ratings.confirm(id, False).state == "not_mended"


def test_clerks_and_other_places_have_no_hand_in_it_and_who_was_rated_sees_bad_ones_only(ratings):
    bad = ratings.rated()
    for actor in (CLERK, COLLEAGUE, ELSEWHERE):
        with pytest.raises(NotFound):
            ratings.do(usecases.call_back, actor, bad, said="我来")
    both = CivicActor("c1", "official", (Role("clerk", "510183"), Role("county_administrator", "510183")))
    with pytest.raises(Forbidden, match="of_your_own_work"):
        ratings.do(usecases.call_back, both, bad, said="我来")
    good = ratings.rated(5)
    seen = lambda actor, id: views.one(ratings.store, Call({"rating_id": id}, actor)).id  # noqa: E731
    assert seen(CLERK, bad) == seen(HEAD, bad) == seen(TOWN, bad) == seen(APPLICANT, bad) == bad
    for actor, id in ((CLERK, good), (HEAD, good), (COLLEAGUE, bad), (ELSEWHERE, bad), (OTHER, bad)):
        with pytest.raises(NotFound):
            seen(actor, id)
    asked = {"limit": 20, "cursor": None}
    mine = views.about_me(ratings.store, Call(asked, CLERK))["items"]
    assert [one.id for one in mine] == [bad]
    listed = views.cases(ratings.store, Call({**asked, "state": "to_call"}, TOWN))["items"]
    assert [one.id for one in listed] == [bad]


def test_the_desk_no_longer_shows_who_rated_what(ratings):
    id = ratings.rated()
    for actor in (CLERK, HEAD):
        seen = application_views.one(ratings.cases, Call({"application_id": id}, actor))
        assert (seen["stars"], seen["comment"]) == (None, None)
    own = application_views.one(ratings.cases, Call({"application_id": id}, APPLICANT))
    assert (own["stars"], own["comment"]) == (1, "跑了四趟")


def test_what_is_late_goes_up_exactly_once_however_many_sweep(ratings):
    ids = [ratings.rated() for _ in range(5)]
    assert overdue(ratings.store, LATE) == 5
    swept = at_once(*[lambda: ratings.sweep(MONDAY + timedelta(days=8))] * 4)
    assert sum(swept) == 5
    ratings.sweep(LATE)
    for id in ids:
        assert ratings.events(id).count("raised") == 1 and ratings.events(id).count("solved_asked") == 1
    assert ratings.sweep(LATE + timedelta(days=400)) == 0
    assert overdue(ratings.store, LATE) == 5


def test_confirming_at_the_last_moment_and_the_clock_leave_one_end(ratings):
    id = ratings.answered()
    end = ratings.store.get(id).confirm_by + timedelta(seconds=2)
    at_once(lambda: ratings.confirm(id, True), lambda: ratings.sweep(end))
    assert ratings.events(id).count("closed") == 1


def test_an_appeal_is_decided_by_somebody_without_a_part_and_two_deciders_leave_one(ratings):
    id = ratings.rated()
    ratings.do(usecases.call_back, TOWN, id, said="他说没有来过")
    with pytest.raises(NotFound):
        ratings.do(usecases.appeal, COLLEAGUE, id, reason="没有来过")
    ratings.do(usecases.appeal, CLERK, id, reason="没有来过")
    with pytest.raises(Forbidden, match="appeal_of_your_own_case"):
        ratings.do(usecases.decide_appeal, TOWN, id, outcome="upheld", reason="属实")
    decide = lambda outcome: ratings.do(usecases.decide_appeal, HEAD, id, outcome=outcome, reason="查过")  # noqa: E731
    done = at_once(lambda: decide("upheld"), lambda: decide("dismissed"))
    assert sum(isinstance(one, Conflict) for one in done) == 1
    kept = ratings.store.get(id)
    assert kept.level == 1 and (kept.state == "malicious") == (kept.appeal_state == "upheld")


def test_four_weeks_later_the_citizen_is_asked_and_answers_once(ratings):
    id = ratings.rated(5)
    assert ratings.sweep(MONDAY + timedelta(days=27)) == 0
    assert at_once(*[lambda: ratings.sweep(MONDAY + timedelta(days=29))] * 3).count(1) == 1
    told = at_once(
        *[
            lambda said=said: ratings.do(usecases.tell_solved, APPLICANT, id, solved=said)
            for said in ("yes", "no")
        ]
    )
    assert sum(isinstance(one, Conflict) for one in told) == 1
    assert ratings.events(id) == ["received", "solved_asked", "solved_told"]


def written(
    ratings, matter: str, month: str, levels, office="邛崃市民政局", state="mended", official="c1"
) -> None:
    """Ratings of a month, the bad ones over."""
    for level in levels:
        id = uuid.uuid4().hex
        one = Rating(
            *(id, VILLAGE, "r1", id, f"m{ord(matter)}", matter, "20", office, official, level, "page", None),
            *(MONDAY, month, LATE),
        )
        one.state = state if level < 3 else "given"
        ratings.store.add(one, [], ratings.affairs.call(APPLICANT))


def published(ratings) -> list[tuple]:
    found = views.published(
        ratings.store, Call({"county": "510183", "limit": 100, "cursor": None}, ANONYMOUS)
    )
    rows = [contract.PublishedRating().dump(one) for one in found["items"]]
    assert all(set(one) == {"level", "matter_name", "office", "since", "until", "state"} for one in rows)
    return [(one["matter_name"], one["since"], one["until"], one["level"], one["state"]) for one in rows]


def test_months_are_taken_together_until_five_and_what_is_frozen_stays(ratings):
    written(ratings, "甲", "2026-08", [1, 5])
    written(ratings, "甲", "2026-09", [5, 5])
    written(ratings, "乙", "2026-09", [2, 5, 5, 5, 5])
    assert publishing.freeze_blocks(ratings.store, MONDAY) == 5
    assert published(ratings) == [("乙", "2026-09", "2026-09", 2, "mended")]
    written(ratings, "甲", "2026-10", [2, 4])
    at_once(*[lambda: publishing.freeze_blocks(ratings.store, MONDAY)] * 3)
    assert sorted(published(ratings)) == [
        ("乙", "2026-09", "2026-09", 2, "mended"),
        ("甲", "2026-08", "2026-10", 1, "mended"),
        ("甲", "2026-08", "2026-10", 2, "mended"),
    ]
    written(ratings, "甲", "2026-10", [1])
    written(ratings, "丙", "2026-11", [1] * 6)
    assert publishing.freeze_blocks(ratings.store, MONDAY) == 0 and len(published(ratings)) == 3
    assert publishing.freeze_blocks(ratings.store, LATE) == 6


def test_an_open_case_is_published_when_it_is_over(ratings):
    written(ratings, "甲", "2026-09", [1, 5, 5, 5, 5], state="answered")
    publishing.freeze_blocks(ratings.store, MONDAY)
    assert published(ratings) == []
    one = ratings.store.get(ratings.store.documents.find_one({"level": 1})["_id"])
    one.rounds = [{"said": "s", "called_by": "h1", "called_at": MONDAY}]
    ratings.store.save(
        one, one.confirm(True, "", TERMS, ratings.days, MONDAY), ratings.affairs.call(APPLICANT)
    )
    assert published(ratings) == [("甲", "2026-09", "2026-09", 1, "mended")]


def test_a_clerk_reads_a_month_from_ten_ratings_on_and_malicious_ones_do_not_count(ratings):
    written(ratings, "甲", "2026-10", [5] * 9 + [1])
    written(ratings, "甲", "2026-09", [5] * 9)
    written(ratings, "甲", "2026-08", [5] * 9 + [1], state="malicious")
    written(ratings, "甲", "2026-10", [5] * 5, official="c2")
    months = views.totals(ratings.store, SimpleNamespace(actor=CLERK, now=MONDAY))["months"]
    assert months[0] == {"month": "2026-10", "count": 10, "levels": [1, 0, 0, 0, 9]}
    assert [one["count"] for one in months[1:]] == [None] * 11 and len(months) == 12
