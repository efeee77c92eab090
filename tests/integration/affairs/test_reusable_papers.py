"""Papers that a window verified, used again in the next case, on a real database: with leave, by whom they concern, and gone when they have to be."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.affairs.matters.applications import files, scopes, usecases
from services.affairs.matters.applications.operations import VerifyMaterial
from services.affairs.matters.applications.verification_rpc import VerificationEndpoints
from services.affairs.matters.reusable_papers.leaves import PaperLeaves
from services.affairs.matters.reusable_papers.listeners import ReusablePaperListeners
from services.affairs.matters.reusable_papers.rpc import ReusablePaperEndpoints
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.clock import day_of
from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor
from services.civic.files.model import LOOKED_AT
from services.civic.guards import GUARDS
from tests.integration.affairs.test_application_files import (
    APPLICANT,
    BOOK,
    CARD,
    CLERK,
    COLLEAGUE,
    OTHER,
    STRANGER,
    HandingIn,
    helper,
)
from tests.photos import photo

FIRST, SECOND = "m1", "m2"
EVERY_QUEUE = (
    ReusablePaperListeners.on_affairs_application_material_verified,
    ReusablePaperListeners.on_affairs_application_over,
)


class Case(HandingIn):
    """An application of r1 for one of the matters, with the doors of verifying and using again."""

    def __init__(self, affairs, papers, matter=FIRST):
        super().__init__(affairs, matter)
        doors = VerificationEndpoints()
        doors.applications, doors.received_files, doors.reusable_papers = (
            affairs.applications,
            affairs.files,
            papers.store,
        )
        self.papers, self.verification = papers, doors

    def door(self, actor, name: str, **request) -> dict:
        return self.papers.door(self.verification, actor, name, application_id=self.id, **request)

    def verified(self, material=BOOK, actor=CLERK, **more) -> dict:
        return self.door(actor, "verify_material", material=material, **more)

    def offered(self, actor=APPLICANT) -> list[dict]:
        return self.door(actor, "find_offered_papers")["items"]

    def reuse(self, paper_id, material=BOOK, actor=APPLICANT) -> dict:
        return self.door(actor, "reuse_paper", material=material, paper_id=paper_id)

    def withdraw(self) -> None:
        call = self.affairs.call(APPLICANT, now=utc_now(), application_id=self.id)
        files.withdraw(self.affairs.applications, self.affairs.files, call)

    def heard(self) -> None:
        """Let the papers hear what this case has told last."""
        self.papers.hears_of(self)


class Papers:
    """The papers with their doors, and what they hear."""

    def __init__(self, affairs, database):
        self.affairs = affairs
        self.store, self.leaves = ReusablePaperStore(database), PaperLeaves(database)
        self.store.create_indexes()
        self.doors, self.listeners = ReusablePaperEndpoints(), ReusablePaperListeners()
        for one in (self.doors, self.listeners):
            one.reusable_papers, one.paper_leaves = self.store, self.leaves
        self.listeners.applications, self.listeners.people = affairs.applications, affairs.people

    def door(self, doors, actor, name: str, **request) -> dict:
        method = getattr(doors, name)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": uuid.uuid4().hex}
        handler = RequestHandler(f"affairs.{name}", method.operation, GUARDS, CivicActor.from_wire)
        outcome = handler.answer(method, request, headers, "test")
        if outcome.error:
            raise outcome.error
        return outcome.result

    def mine(self, actor=APPLICANT) -> list[dict]:
        return self.door(self.doors, actor, "list_reusable_papers")["items"]

    def remove(self, paper_id, actor=APPLICANT) -> None:
        self.door(self.doors, actor, "remove_reusable_paper", paper_id=paper_id)

    def decided(self, state: str, person="r1", at: datetime | None = None, purpose="paper_reuse") -> None:
        data = {"resident_id": person, "purpose": purpose, "state": state}
        event = SimpleNamespace(data=data, time=at or datetime.now(UTC))
        self.listeners.on_identity_consent_decided(event, Call({}, SYSTEM))

    def hears_of(self, case: Case) -> None:
        told = self.affairs.applications.documents.find_one(case.id)["outbox"][-1]
        over = {"declined", "withdrawn", "lapsed"} & {told["type"].split(".")[-2], told["data"]["state"]}
        listener = EVERY_QUEUE[1] if over else EVERY_QUEUE[0]
        listener(self.listeners, SimpleNamespace(data=told["data"]), Call({}, SYSTEM))


@pytest.fixture
def papers(affairs, database):
    for id in (FIRST, SECOND):
        matter = affairs.matters.get(id)
        matter.materials[1] = {
            "name": "居民戶口簿" if id == SECOND else "居民户口簿",
            "note": "",
            "trust": "B",
        }
        affairs.matters.save(matter, [], affairs.call(affairs.clerk))
    return Papers(affairs, database)


@pytest.fixture
def first(affairs, papers) -> Case:
    """A case whose household book a clerk has compared with the original, by somebody who lets it be used again."""
    papers.decided("given")
    case = Case(affairs, papers)
    case.file = case.whole(material=BOOK)
    case.verified()
    case.heard()
    return case


@pytest.fixture
def second(affairs, papers, first) -> Case:
    return Case(affairs, papers, SECOND)


def sweep(affairs, after: timedelta) -> int:
    later = replace(Call({}, SYSTEM), now=utc_now() + after)
    holds = affairs.applications.holds_file
    return affairs.files.sweep(lambda file: holds(file.subject, file.id, later.now), later)


def test_who_verifies_after_a_rating_reads_none(affairs, papers):
    case = Case(affairs, papers)
    case.file = case.whole(material=BOOK)
    affairs.applications.documents.update_one({"_id": case.id}, {"$set": {"stars": 2}})
    assert case.verified()["stars"] is None


def test_what_a_window_verified_is_offered_for_the_next_matter_and_counts_without_an_upload(
    papers, first, second
):
    (paper,) = papers.mine()
    assert (paper["material"], paper["office"], paper["used"]) == ("居民户口簿", "邛崃市民政局", [])
    (offer,) = second.offered()
    assert (offer["material"], offer["paper_id"], offer["application_id"]) == (BOOK, paper["id"], first.id)
    held = second.held()
    told = second.reuse(offer["paper_id"])
    (one,) = told["files"]
    assert (one["id"], one["reused"]["office"], one["reused"]["application_id"]) == (
        first.file,
        "邛崃市民政局",
        first.id,
    )
    assert second.held() == held and second.offered() == []
    (use,) = papers.mine()[0]["used"]
    assert use["application_id"] == second.id
    assert second.notify("居民身份证").state == "materials_missing"


def test_the_events_name_no_paper(papers, first, second):
    second.reuse(second.offered()[0]["paper_id"])
    stored = [papers.affairs.applications.documents.find_one(one.id)["outbox"][-1] for one in (first, second)]
    stored.append(papers.store.documents.find_one()["outbox"][0])
    names = ["application.material_verified", "application.paper_reused", "reusable_paper.kept"]
    assert [name for name, told in zip(names, stored, strict=True) if name in told["type"]] == names
    assert not any("户口簿" in str(told["data"]) for told in stored)


def test_the_clerk_sees_whence_it_is_and_a_look_is_noted(papers, first, second):
    second.reuse(second.offered()[0]["paper_id"])
    assert second.seen(CLERK, first.file)["type"] == "image/jpeg"
    (one,) = second.loaded().shown_files
    assert one["opened_at"] and one["reused"]["verified_at"] and not one["removable"]
    assert [one["looks"] for one in first.loaded().files] == [[]]
    assert second.refused(second.seen, STRANGER, first.file) == "application.not_found"


def test_a_notice_asks_for_it_again_only_with_a_reason(papers, first, second):
    second.reuse(second.offered()[0]["paper_id"])
    call = papers.affairs.call(
        CLERK,
        application_id=second.id,
        materials=[{"name": "居民身份证", "note": ""}, {"name": "居民戶口簿", "note": ""}],
        text="",
        supply_days=None,
    )
    scope = scopes.only_the_office_of_the_region(CLERK)
    days = papers.affairs.days
    asking = (usecases.notify, papers.affairs.applications, days, scope, call)
    assert second.refused(*asking) == "application.verified_before"
    call.data["materials"][1]["note"] = "缺新增成员的一页"
    assert usecases.notify(papers.affairs.applications, days, scope, call).state == "materials_missing"


def test_without_leave_nothing_is_kept_and_with_it_also_what_was_verified_before(papers, affairs):
    case = Case(affairs, papers)
    case.whole(material=BOOK)
    case.verified()
    case.heard()
    assert papers.mine() == []
    papers.decided("given", purpose="fitting")
    assert papers.mine() == []
    papers.decided("given")
    assert [one["application_id"] for one in papers.mine()] == [case.id]


def test_leave_taken_back_ends_them_and_what_was_used_before_stays_used(papers, affairs, first, second):
    paper = second.offered()[0]["paper_id"]
    second.reuse(paper)
    papers.decided("withdrawn")
    assert papers.mine() == [] and "户口簿" not in str(papers.store.documents.find_one()["material"])
    assert second.seen(CLERK, first.file) and second.loaded().files
    papers.decided("given", at=datetime(2020, 1, 1, tzinfo=UTC))
    assert papers.mine() == [], "an older decision counts no more"


def test_leave_given_again_brings_them_back_and_what_was_removed_stays_away(papers, first):
    papers.decided("withdrawn")
    papers.decided("given")
    (one,) = papers.mine()
    papers.remove(one["id"])
    papers.decided("withdrawn")
    papers.decided("given")
    assert papers.mine() == []


def test_leave_taken_back_while_it_is_being_used_leaves_the_case_as_it_was(papers, second, monkeypatch):
    paper, store = second.offered()[0]["paper_id"], second.affairs.applications
    save, done = type(store).save, []

    def taken_back_meanwhile(self, *told, **more):
        save(self, *told, **more)
        if not done:
            done.append(papers.decided("withdrawn"))

    monkeypatch.setattr(type(store), "save", taken_back_meanwhile)
    assert second.refused(second.reuse, paper) == "reusable_paper.not_found"
    assert second.loaded().files == []


def test_leave_taken_back_while_it_is_being_kept_leaves_nothing(papers, affairs, monkeypatch):
    papers.decided("given")
    case = Case(affairs, papers)
    case.whole(material=BOOK)
    case.verified()
    add = type(papers.store).add

    def taken_back_meanwhile(self, *told):
        papers.decided("withdrawn")
        add(self, *told)

    monkeypatch.setattr(type(papers.store), "add", taken_back_meanwhile)
    case.heard()
    assert papers.mine() == []


def test_of_two_clerks_at_once_one_has_verified_it(papers, affairs):
    case = Case(affairs, papers)
    case.whole(material=BOOK)

    def verify(actor) -> str:
        try:
            case.verified(actor=actor)
        except (Conflict, VersionConflict) as refused:
            return refused.code
        return "verified"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(verify, (CLERK, COLLEAGUE)))
    assert told.count("verified") == 1 and len(case.loaded().verified) == 1
    assert set(told) <= {"verified", "application.verified_already", "application.changed_meanwhile"}


def test_removed_while_a_clerk_looks_it_stays_in_the_case_and_is_offered_no_more(
    papers, affairs, first, second
):
    paper = second.offered()[0]["paper_id"]
    second.reuse(paper)
    with ThreadPoolExecutor(2) as pool:
        looked = pool.submit(second.seen, CLERK, first.file)
        papers.remove(paper)
        assert looked.result()["type"] == "image/jpeg"
    papers.remove(paper)
    assert papers.mine() == [] and second.seen(CLERK, first.file)


def test_a_paper_is_its_holders_and_the_helpers_within_the_mandate(papers, first, second):
    paper = second.offered()[0]["paper_id"]
    assert second.offered(helper("20"))[0]["paper_id"] == second.offered(helper())[0]["paper_id"] == paper
    assert second.refused(second.offered, helper("5")) == "application.not_found"
    assert second.refused(second.reuse, paper, BOOK, OTHER) == "application.not_found"
    assert second.refused(papers.remove, paper, OTHER) == "reusable_paper.not_found"
    assert papers.mine(OTHER) == []
    assert second.refused(second.reuse, paper, CARD) == "application.other_material"
    assert second.reuse(paper, actor=helper("20"))["files"][0]["reused"]["paper_id"] == paper


def test_of_another_village_nobody_verifies(papers, affairs):
    case = Case(affairs, papers)
    case.whole(material=BOOK)
    assert case.refused(case.verified, BOOK, STRANGER) == "application.not_found"
    assert case.refused(case.verified, CARD) == "application.not_verifiable"


def test_it_holds_as_long_as_is_usual_as_the_clerk_says_and_never_longer_than_the_paper(papers, affairs):
    today = day_of(utc_now())

    def until(**said) -> date:
        case = Case(affairs, papers)
        case.whole(material=BOOK)
        told = VerifyMaterial().load({"application_id": case.id, "material": BOOK, **said})
        case.verified(**{k: v.isoformat() for k, v in told.items() if isinstance(v, date)})
        (one,) = case.loaded().verified
        case.withdraw()
        return day_of(one["valid_until"])

    assert until() == today + timedelta(days=365)
    assert until(ends_on=(today + timedelta(days=9)).isoformat()) == today + timedelta(days=9)
    assert until(valid_until=today.isoformat()) == today
    case = Case(affairs, papers)
    case.whole(material=BOOK)
    late = {"ends_on": today.isoformat(), "valid_until": (today + timedelta(days=1)).isoformat()}
    assert case.refused(case.verified, **late) == "application.verification_too_long"


def test_what_has_lapsed_is_not_offered(papers, first, second):
    paper = second.offered()[0]["paper_id"]
    past = utc_now() - timedelta(seconds=1)
    papers.store.documents.update_one({"_id": paper}, {"$set": {"valid_until": past}})
    assert second.offered() == [] and papers.mine() == []
    assert second.refused(second.reuse, paper) == "reusable_paper.not_found"


def test_the_earlier_case_taken_back_ends_the_paper_and_the_later_one_keeps_the_file(
    papers, affairs, first, second
):
    second.reuse(second.offered()[0]["paper_id"])
    first.withdraw()
    first.heard()
    assert papers.mine() == [] and first.loaded().files == []
    assert sweep(affairs, timedelta(days=200)) == 0
    assert second.seen(CLERK, first.file)["type"] == "image/jpeg"
    second.withdraw()
    assert second.held() == (0, 0)


def test_the_earlier_case_taken_back_while_its_paper_is_used_leaves_no_case_with_a_file_that_is_gone(
    papers, affairs, first, second, monkeypatch
):
    paper, store = second.offered()[0]["paper_id"], affairs.applications
    save, done = type(store).save, []

    def withdrawn_first(self, aggregate, *told, **more):
        if not done and aggregate.id == second.id:
            done.append(True)
            first.withdraw()
        save(self, aggregate, *told, **more)

    monkeypatch.setattr(type(store), "save", withdrawn_first)
    assert second.refused(second.reuse, paper) == "application.paper_gone"
    assert second.loaded().files == [] and second.held() == (0, 0)


def test_a_file_that_was_settled_while_it_was_let_go_is_swept_once_nobody_names_it(
    papers, affairs, first, second, monkeypatch
):
    paper, store = second.offered()[0]["paper_id"], affairs.applications
    save, done = type(store).save, []

    def withdrawn_after(self, aggregate, *told, **more):
        save(self, aggregate, *told, **more)
        if not done and aggregate.id == second.id:
            done.append(True)
            first.withdraw()
            first.heard()

    monkeypatch.setattr(type(store), "save", withdrawn_after)
    assert second.refused(second.reuse, paper) == "reusable_paper.not_found"
    assert second.loaded().files == [] and sweep(affairs, LOOKED_AT * 2) == 1
    assert second.held() == (0, 0)


def test_taken_out_of_the_later_case_it_stays_in_the_earlier_one(papers, affairs, first, second):
    second.reuse(second.offered()[0]["paper_id"])
    second.remove(first.file)
    assert second.loaded().files == [] and first.seen(APPLICANT, first.file)
    assert sweep(affairs, timedelta(days=200)) == 0 and first.seen(CLERK, first.file)


def test_declined_cases_end_their_papers(papers, affairs, first, second):
    call = affairs.call(CLERK, application_id=first.id, reason="不属于受理范围。")
    usecases.decline(affairs.applications, scopes.only_the_office_of_the_region(CLERK), call, affairs.files)
    first.heard()
    assert papers.mine() == [] and second.offered() == []
    papers.decided("given")
    assert papers.mine() == []


def test_an_erasure_leaves_no_paper_and_nothing_that_can_be_read(papers, affairs, first, second):
    second.reuse(second.offered()[0]["paper_id"])
    for case in (first, second):
        one = case.loaded()
        affairs.applications.save(one, one.erase("r1", utc_now()), affairs.call(SYSTEM))
    for store in (papers.store, papers.leaves):
        type(store).of_a_person.erase(store, "r1", affairs.call(SYSTEM))
    affairs.files.files.forget("r1")
    assert papers.mine() == [] and papers.store.documents.count_documents({}) == 0
    assert papers.leaves.find("r1") is None and second.held() == (0, 0)
    papers.listeners.on_affairs_application_material_verified(
        SimpleNamespace(data={"application_id": first.id}), Call({}, SYSTEM)
    )
    assert papers.mine() == []


def test_several_files_of_a_material_are_used_together_and_again_changes_nothing(papers, affairs):
    papers.decided("given")
    case = Case(affairs, papers)
    ids = {case.whole(photo(size=(90 + at, 80)), BOOK) for at in range(3)}
    case.verified()
    case.heard()
    later = case.whole(photo(size=(99, 99)), BOOK)
    next_one = Case(affairs, papers, SECOND)
    paper = next_one.offered()[0]["paper_id"]
    next_one.reuse(paper)
    next_one.reuse(paper)
    assert [one["id"] for one in next_one.loaded().files if one["id"] != later] == [
        one["id"] for one in case.loaded().files if one["id"] in ids
    ]


def test_what_is_asked_has_an_index(papers, affairs, plans, first, second):
    paper = second.offered()[0]["paper_id"]
    second.reuse(paper)
    seen = plans(papers.store.documents, lambda: (papers.mine(), second.offered()))
    seen += plans(
        affairs.applications.documents,
        lambda: affairs.applications.holds_file(first.loaded().id, first.file, utc_now()),
    )
    assert seen and not any("COLLSCAN" in one["planSummary"] for one in seen)
    with pytest.raises(NotFound):
        papers.store.get("no-such-paper")
