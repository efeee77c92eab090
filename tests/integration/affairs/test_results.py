"""Results on paper on a real database: numbers without gaps, one that stands, whose they are, handed over, revoked, and verified by anybody."""

import base64
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from deploy import paper_authority
from services.affairs.matters.applications import scopes as application_scopes
from services.affairs.matters.applications import usecases as application_usecases
from services.affairs.matters.catalogue.content import Content, Course
from services.affairs.matters.results import making, usecases
from services.affairs.matters.results.limits import PaperCheckLimits
from services.affairs.matters.results.making import PaperMaker
from services.affairs.matters.results.rpc import ResultEndpoints
from services.affairs.matters.results.store import PURPOSE, ResultStore
from services.affairs.matters.results.wording import check_of
from services.chassis.core.calls import Call, Caller, utc_now
from services.chassis.core.errors import (
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    Rejected,
    TooMany,
    Unavailable,
)
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor
from services.civic.files import views as file_views
from services.civic.files.model import DOCUMENT, LOOKED_AT, StoredFile
from services.civic.guards import GUARDS
from services.civic.paper.press import PaperPress
from services.civic.paper.signing import PaperSigner
from services.civic.settings import CivicSettings
from tests.integration.affairs.test_application_files import (
    APPLICANT,
    CLERK,
    COLLEAGUE,
    HEAD,
    OTHER,
    STRANGER,
    HandingIn,
    helper,
)
from tests.unit.gateway.pages import texts

HOME = {"recipient": "王秀英", "phone": "13800000013", "address": "大同镇某村 3 组 12 号"}
URL = "https://village.example"
HERE = Caller("203.0.113.7", "test")


@dataclass(frozen=True)
class QuickSigner:
    """In the place of a signature where it is not what is tried: pages are set, and signed with a word."""

    def ready(self, _now) -> None:
        """There is always a key."""

    def sign(self, document: bytes, _reason: str, _place: str) -> bytes:
        return document + uuid.uuid4().bytes


@dataclass(frozen=True)
class QuickPress:
    """In the place of the press where the paper is not what is tried."""

    def refuse_what_cannot_be_shown(self, _texts) -> None:
        """Everything can."""

    def set(self, _template: str, data: dict) -> bytes:
        return f"%PDF {data['number']}".encode()


class Results:
    """The results with their doors, as the gateway goes through them."""

    def __init__(self, affairs, database, signer, press=None):
        self.affairs, self.database = affairs, database
        self.store, self.limits = ResultStore(database), PaperCheckLimits(database, b"k" * 32, 5, 8)
        self.store.create_indexes()
        self.limits.create_indexes()
        self.maker = PaperMaker(press or PaperPress(CivicSettings().paper_fonts), signer, URL)
        self.doors = ResultEndpoints()
        for name, one in {
            "results": self.store,
            "paper_checks": self.limits,
            "paper_maker": self.maker,
            "applications": affairs.applications,
            "matters": affairs.matters,
            "matter_versions": affairs.versions,
            "received_files": affairs.files,
        }.items():
            setattr(self.doors, name, one)

    def ask(self, actor, name: str, key: str = "", caller: Caller = HERE, **request) -> dict:
        method = getattr(self.doors, name)
        headers = {
            "nameko.actor": actor.to_wire(),
            "nameko.idempotency_key": key or uuid.uuid4().hex,
            "nameko.caller": caller.to_wire(),
        }
        handler = RequestHandler(f"affairs.{name}", method.operation, GUARDS, CivicActor.from_wire)
        outcome = handler.answer(method, request, headers, "test")
        if outcome.error:
            raise outcome.error
        return outcome.result

    def granted(self, outcome="granted") -> str:
        """An application that was decided."""
        id = HandingIn(self.affairs).id
        scope = application_scopes.only_the_office_of_the_region(CLERK)
        affairs, days = self.affairs.applications, self.affairs.days
        application_usecases.accept(affairs, days, scope, self.affairs.call(CLERK, application_id=id))
        decided = self.affairs.call(CLERK, application_id=id, outcome=outcome, reason="条件不符")
        application_usecases.decide(affairs, scope, decided)
        return id

    def issue(self, application_id: str, actor=CLERK, key="", **more) -> dict:
        return self.ask(actor, "issue_result", key, application_id=application_id, **more)

    def file(self, result_id: str, actor=APPLICANT) -> bytes:
        return base64.b64decode(self.ask(actor, "find_result_file", result_id=result_id)["body"])

    def check(self, body: bytes, **more) -> dict:
        return self.ask(ANONYMOUS, "check_paper_file", body=base64.b64encode(body).decode(), **more)

    def token_of(self, issued: dict) -> str:
        return issued["verify_path"].rpartition("/")[2]


@pytest.fixture(scope="session")
def authority():
    return PaperSigner(paper_authority.make("邛崃市")[1])


@pytest.fixture
def results(affairs, database, authority):
    return Results(affairs, database, authority)


@pytest.fixture
def quick(affairs, database):
    return Results(affairs, database, QuickSigner(), QuickPress())


def refused_with(code: str, kind=DomainError):
    return pytest.raises(kind, match=code.replace(".", r"\."))


# The paper


def test_what_was_granted_becomes_a_paper_that_applicant_and_office_fetch_and_anybody_verifies(results):
    application = results.granted()
    issued = results.issue(application, text="每月 100 元。")
    assert issued["number"] == f"邛崃市民政局〔{utc_now().year}〕1号" and issued["kind"] == "准予决定书"
    paper = results.file(issued["id"])
    assert results.file(issued["id"], CLERK) == paper
    (text,) = texts(paper)
    token = results.token_of(issued)
    for words in (
        "王秀英",
        issued["number"],
        "每月 100 元。",
        check_of(token),
        "不带国家政务服务平台的电子印章",
    ):
        assert words in text.replace("\n", "")
    told = results.ask(ANONYMOUS, "check_paper_token", token=token)
    assert (told["verdict"], told["holder_name"], told["official_seal"]) == ("true", "王*英", False)
    same = results.ask(
        ANONYMOUS, "check_paper_number", number=issued["number"], check=check_of(token).lower()
    )
    assert same == told
    assert results.check(paper) == {**told, "signer": "邛崃市乡治文书签名"}
    assert "100 元" not in str(told)


def test_a_file_that_was_changed_is_known_as_such_and_a_strange_one_is_not_ours(results):
    paper = results.file(results.issue(results.granted())["id"])
    changed = bytearray(paper)
    changed[len(paper) // 8] ^= 1
    told = results.check(bytes(changed))
    assert (told["verdict"], told["number"]) == ("altered", "")
    added = results.check(paper + b"\n% more")
    assert added["verdict"] == "altered" and added["number"].endswith("1号")
    forged = PaperSigner(paper_authority.make("邛崃市")[1]).sign(
        PaperPress(CivicSettings().paper_fonts).set("data_copy", {"title": "x", "intro": "", "parts": []}),
        "",
        "",
    )
    for strange in (forged, b"no PDF"):
        with refused_with("result.not_ours", NotFound):
            results.check(strange)


def test_a_name_that_no_font_has_takes_no_number(results):
    application = results.granted()
    found = results.affairs.applications.get(application)
    found.applicant_name = "王\U00030000"
    results.affairs.applications.save(found, [], results.affairs.call(CLERK).without_key())
    with refused_with("paper.character_missing", Rejected) as refused:
        results.issue(application)
    assert "申请人姓名" in refused.value.message and "U+30000" in refused.value.message
    assert results.store.documents.count_documents({}) == 0


def test_without_a_key_nothing_is_issued_and_no_number_is_taken(affairs, database):
    results = Results(affairs, database, PaperSigner(""), QuickPress())
    with refused_with("paper.no_signing_key", Unavailable):
        results.issue(results.granted())
    assert results.store.documents.count_documents({}) == 0


def test_the_kind_is_what_the_matters_version_of_the_application_says(quick):
    matter = quick.affairs.matters.get("m1")
    matter.content = replace(Content(), course=Course([], "高龄津贴发放通知书"))
    quick.affairs.matters.save(matter, [], quick.affairs.call(CLERK).without_key())
    assert quick.issue(quick.granted())["kind"] == "高龄津贴发放通知书"


# Which decision, and whose


def test_what_was_refused_or_is_undecided_has_none(quick):
    with refused_with("result.not_granted", Conflict):
        quick.issue(quick.granted("refused"))
    with refused_with("result.not_decided", Conflict):
        quick.issue(HandingIn(quick.affairs).id)


def test_another_office_another_person_and_a_head_find_nothing(quick):
    application = quick.granted()
    with pytest.raises(NotFound):
        quick.issue(application, STRANGER)
    issued = quick.issue(application)
    for actor in (OTHER, STRANGER, COLLEAGUE):
        seen = actor is COLLEAGUE
        for name in ("find_result", "find_result_file"):
            if seen:
                quick.ask(actor, name, result_id=issued["id"])
                continue
            with pytest.raises(NotFound):
                quick.ask(actor, name, result_id=issued["id"])
        if seen:
            assert quick.ask(actor, "list_application_results", application_id=application)["items"]
            continue
        with pytest.raises(NotFound):
            quick.ask(actor, "list_application_results", application_id=application)
    with pytest.raises(Forbidden):
        quick.ask(HEAD, "find_result", result_id=issued["id"])
    with pytest.raises(NotFound):
        quick.ask(OTHER, "choose_result_delivery", result_id=issued["id"], way="print")
    for name, more in (("hand_over_result", {}), ("revoke_result", {"reason": "写错了名字"})):
        with pytest.raises(NotFound):
            quick.ask(STRANGER, name, result_id=issued["id"], **more)


def test_a_helper_sees_what_the_mandate_covers(quick):
    issued = quick.issue(quick.granted())
    assert quick.ask(helper("20"), "find_result", result_id=issued["id"])["id"] == issued["id"]
    assert quick.ask(helper("20"), "choose_result_delivery", result_id=issued["id"], way="print")
    with pytest.raises(NotFound):
        quick.ask(helper("1"), "find_result", result_id=issued["id"])


# Numbers, and one that stands


def test_twelve_at_once_have_the_numbers_one_to_twelve(quick):
    applications = []
    for _ in range(12):
        applications.append(quick.granted())
        quick.affairs.applications.documents.update_one({"_id": applications[-1]}, {"$set": {"open": False}})
    with ThreadPoolExecutor(12) as pool:
        issued = list(pool.map(quick.issue, applications))
    numbers = sorted(quick.store.get(one["id"]).serial for one in issued)
    assert numbers == list(range(1, 13))


def test_of_eight_clerks_at_once_one_issues_the_paper_of_a_decision(quick):
    application = quick.granted()

    def tried(_):
        try:
            return quick.issue(application)["number"]
        except Conflict as refused:
            return refused.code

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(tried, range(8)))
    assert told.count("result.stands_already") == 7 and len(set(told)) == 2
    assert quick.store.documents.count_documents({}) == 1


def test_another_office_and_another_year_begin_with_one(quick):
    first = quick.store.get(quick.issue(quick.granted())["id"])
    for number, more in enumerate(
        ({"office": "邛崃市医保局"}, {"year": first.year + 1}, {"series": "510184"})
    ):
        other = replace(
            first, id=f"x{number}", application_id=f"x{number}", token_hash=f"x{number}", version=0, **more
        )
        quick.store.number(other, Call({}, SYSTEM))
        assert other.serial == 1


def test_the_same_request_twice_and_at_once_is_one_paper(quick):
    application, key = quick.granted(), uuid.uuid4().hex
    first = quick.issue(application, key=key)
    assert quick.issue(application, key=key) == first
    with refused_with("result.stands_already", Conflict):
        quick.issue(application)


def test_whoever_dies_with_a_number_leaves_a_paper_that_the_clock_makes_and_the_same_key_finishes(
    quick, monkeypatch
):
    applications, keys = [quick.granted(), quick.granted()], [uuid.uuid4().hex, uuid.uuid4().hex]
    with monkeypatch.context() as dying:
        dying.setattr(PaperMaker, "make", _die)
        for application, key in zip(applications, keys, strict=True):
            with pytest.raises(Unavailable):
                quick.issue(application, key=key)
    assert {one["state"] for one in quick.store.documents.find()} == {"making"}
    again = quick.issue(applications[0], key=keys[0])
    assert again["state"] == "issued" and again["number"].endswith("1号")
    assert _sweep(quick, utc_now()) == 0  # nobody takes it from under whoever may still be at it
    assert _sweep(quick, utc_now() + timedelta(minutes=3)) == 1
    states = {one["serial"]: one["state"] for one in quick.store.documents.find()}
    assert states == {1: "issued", 2: "issued"}


def _die(*_):
    raise MemoryError


def _sweep(results, now) -> int:
    parts = results.store, results.affairs.applications, results.affairs.files, results.maker
    return making.finish_what_is_due(*parts, Call({}, SYSTEM, now=now))


def test_of_two_that_make_one_paper_one_does_and_one_file_stays(quick):
    with ThreadPoolExecutor(2) as pool:
        application = quick.granted()
        asked = Call({"application_id": application, "text": ""}, CLERK, key="k1")
        parts = (
            quick.store,
            quick.affairs.applications,
            quick.affairs.matters,
            quick.affairs.versions,
            quick.maker,
        )
        numbered = usecases.take_number(*parts, asked)
        later = utc_now() + timedelta(minutes=3)
        list(pool.map(lambda _: _sweep(quick, later), range(2)))
    found = quick.store.get(numbered.id)
    files = list(quick.affairs.files.files.documents.find({"purpose": PURPOSE}))
    assert found.state == "issued" and [one["_id"] for one in files] == [found.file_id]
    assert len(quick.store.documents.find_one(numbered.id)["outbox"]) == 1


# Handed over, revoked, issued again


def test_the_applicant_chooses_how_it_comes_and_the_office_sees_who_waits(quick):
    issued = quick.issue(quick.granted())
    assert quick.ask(CLERK, "list_results_to_hand_over")["items"] == []
    chosen = quick.ask(APPLICANT, "choose_result_delivery", result_id=issued["id"], way="post", address=HOME)
    assert chosen["address"] == HOME
    stored = str(quick.store.documents.find_one(issued["id"]))
    assert all(secret not in stored for secret in ("大同镇", "13800000013", "王秀英", quick.token_of(issued)))
    (row,) = quick.ask(COLLEAGUE, "list_results_to_hand_over")["items"]
    assert row["id"] == issued["id"] and "address" not in row and row["holder_name"] == "王*英"
    assert quick.ask(STRANGER, "list_results_to_hand_over")["items"] == []
    done = quick.ask(CLERK, "hand_over_result", result_id=issued["id"], note="EMS 123")
    assert done["handed_at"] and done["handed_note"] == "EMS 123"
    assert quick.ask(CLERK, "list_results_to_hand_over")["items"] == []
    with refused_with("result.handed_over_already", Conflict):
        quick.ask(APPLICANT, "choose_result_delivery", result_id=issued["id"], way="page")


def test_a_revoked_one_is_told_as_such_and_the_next_one_names_it(results):
    application = results.granted()
    first = results.issue(application)
    paper, token = results.file(first["id"]), results.token_of(first)
    revoked = results.ask(CLERK, "revoke_result", result_id=first["id"], reason="金额写错了")
    assert revoked["state"] == "revoked" and revoked["reason"] == "金额写错了"
    told = results.ask(ANONYMOUS, "check_paper_token", token=token)
    assert (told["verdict"], told["replaced_by"]) == ("revoked", "") and "金额" not in str(told)
    with refused_with("result.revoked_already", Conflict):
        results.ask(CLERK, "revoke_result", result_id=first["id"], reason="再来一次")
    second = results.issue(application)
    assert second["number"].endswith("2号") and second["replaces"] == first["number"]
    (text,) = texts(results.file(second["id"]))
    assert f"代替{first['number']}" in text.replace("\n", "")
    told = results.check(paper)
    assert (told["verdict"], told["replaced_by"]) == ("revoked", second["number"])
    rows = results.ask(APPLICANT, "list_application_results", application_id=application)["items"]
    assert [one["number"] for one in rows] == [second["number"], first["number"]]


def test_its_events_say_what_happened_and_nothing_of_the_person(quick):
    issued = quick.issue(quick.granted(), text="每月 100 元")
    quick.ask(APPLICANT, "choose_result_delivery", result_id=issued["id"], way="post", address=HOME)
    quick.ask(CLERK, "hand_over_result", result_id=issued["id"], note="EMS 123")
    quick.ask(CLERK, "revoke_result", result_id=issued["id"], reason="金额写错了")
    told = quick.store.documents.find_one(issued["id"])["outbox"]
    names = ["issued", "delivery_chosen", "handed_over", "revoked"]
    assert [one["type"].split(".")[3] for one in told] == names
    said = str([one["data"] for one in told])
    assert all(secret not in said for secret in ("王秀英", "100 元", "大同镇", "EMS", "金额"))


# Verified by anybody, but not without end


def test_a_wrong_token_number_or_check_finds_nothing_and_what_is_still_made_is_nobodys(quick, monkeypatch):
    issued = quick.issue(quick.granted())
    token = quick.token_of(issued)
    with refused_with("result.not_ours", NotFound):
        quick.ask(ANONYMOUS, "check_paper_token", token=token[:-1] + ("A" if token[-1] != "A" else "B"))
    with refused_with("result.not_ours", NotFound):
        quick.ask(ANONYMOUS, "check_paper_number", number=issued["number"], check="AAAA2222")
    quick.store.documents.update_one({"_id": issued["id"]}, {"$set": {"state": "making"}})
    with refused_with("result.not_ours", NotFound):
        quick.ask(ANONYMOUS, "check_paper_token", token=token)


def test_one_address_verifies_five_and_its_network_eight_in_an_hour(quick):
    token = quick.token_of(quick.issue(quick.granted()))

    def asked(address: str) -> bool:
        try:
            quick.ask(ANONYMOUS, "check_paper_token", caller=Caller(address, ""), token=token)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(7) as pool:
        assert sum(pool.map(lambda _: asked("203.0.113.7"), range(7))) == 5
    assert [asked("203.0.113.9") for _ in range(5)] == [True, True, True, False, False]
    assert asked("198.51.100.1")
    assert "203.0.113" not in str(list(quick.limits.documents.find()))


def test_a_file_that_is_no_base64_is_refused(quick):
    with refused_with("result.file_unreadable"):
        quick.ask(ANONYMOUS, "check_paper_file", body="\u4e00\u4e8c")


# The file, and who is erased


def test_its_file_is_sealed_and_held_and_one_that_nobody_names_goes(quick):
    issued = quick.issue(quick.granted())
    held = quick.store.get(issued["id"])
    pieces = str(list(quick.database.file_pieces.find()))
    assert "%PDF" not in pieces and issued["number"] not in pieces
    file = quick.affairs.files.files.get(held.file_id)
    assert isinstance(file, StoredFile) and file.due is None and file.address == f"/results/{held.id}/file"
    lost = quick.affairs.files.keep_made(
        making.FilePurpose(PURPOSE, held.id, "r1", held.region), b"%PDF lost", Call({}, SYSTEM)
    )
    later = Call({}, SYSTEM, now=utc_now() + 2 * LOOKED_AT)
    swept = quick.affairs.files.sweep(lambda one: quick.store.holds_file(one.subject, one.id), later)
    assert swept == 1
    assert file_views.content(quick.affairs.files, held.file_id, DOCUMENT)["bytes"]
    with pytest.raises(NotFound):
        quick.affairs.files.files.get(lost.id)


def test_of_whoever_is_erased_the_paper_stays_true_and_nameless(quick):
    issued = quick.issue(quick.granted(), text="每月 100 元")
    quick.ask(APPLICANT, "choose_result_delivery", result_id=issued["id"], way="post", address=HOME)
    token = quick.token_of(issued)
    now = Call({}, SYSTEM, now=datetime.now(UTC))
    for store in (quick.store, quick.affairs.files.files):
        store.of_a_person.erase(store, "r1", now)
        store.of_a_person.erase(store, "r1", now)
    told = quick.ask(ANONYMOUS, "check_paper_token", token=token)
    assert (told["verdict"], told["holder_name"], told["number"]) == ("true", "", issued["number"])
    with pytest.raises(NotFound):
        quick.file(issued["id"], CLERK)
    left = quick.ask(CLERK, "find_result", result_id=issued["id"])
    assert (left["more"], left["address"], left["verify_path"]) == ("", None, "")


def test_who_was_erased_while_it_was_made_gets_none_and_the_number_stays_taken(quick, monkeypatch):
    application = quick.granted()
    numbered = quick.store.number

    def and_erased(result, call):
        numbered(result, call)
        found = quick.affairs.applications.get(application)
        quick.affairs.applications.save(found, found.erase("r1", call.now), call.without_key())

    monkeypatch.setattr(quick.store, "number", and_erased)
    with refused_with("result.applicant_gone", Conflict):
        quick.issue(application)
    (left,) = quick.store.documents.find()
    assert (left["serial"], left["erased"], left["due"]) == (1, True, None)
    assert quick.database.files.count_documents({"purpose": PURPOSE}) == 0


# Plans


def test_every_question_is_answered_by_an_index(quick, plans):
    application = quick.granted()
    issued = quick.issue(application)
    quick.ask(APPLICANT, "choose_result_delivery", result_id=issued["id"], way="print")
    asked = (
        lambda: quick.ask(CLERK, "list_results_to_hand_over"),
        lambda: quick.ask(APPLICANT, "list_application_results", application_id=application),
        lambda: quick.ask(ANONYMOUS, "check_paper_token", token=quick.token_of(issued)),
        lambda: quick.store.of_digest(quick.store.get(issued["id"]).digest),
        lambda: quick.store.standing(application),
        lambda: quick.store._last(quick.store.get(issued["id"])),
    )
    for run in asked:
        for plan in plans(quick.store.documents, run):
            assert "COLLSCAN" not in plan["planSummary"] and not plan.get("hasSortStage"), plan["planSummary"]
