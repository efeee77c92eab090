"""What fits, on the real catalogue: nothing of the answers is kept unless somebody says so, and then it is sealed, theirs, and gone at a word."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from services.affairs.matters.fitting import contract, usecases
from services.affairs.matters.fitting.listeners import FittingListeners
from services.affairs.matters.fitting.model import KEPT
from services.affairs.matters.fitting.store import FittingAnswerStore
from services.affairs.matters.fitting.terms import all_terms
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import Conflict, DomainError, NotFound, Rejected
from services.civic.actor import ANONYMOUS, CivicActor, MandateClaim
from tests.integration.affairs.conftest import MONDAY

AGREED = (("agreed", "yes"), ("disability_grade", "1"))
WHO = CivicActor("r1", "resident")


def suggest(matters, actor=ANONYMOUS, **asked):
    own = actor.kind == "resident"
    told = (contract.SuggestOwnMatters if own else contract.SuggestMatters)().load(asked)
    found = (usecases.suggest_own if own else usecases.suggest)(matters, Call(told, actor, now=MONDAY))
    return contract.MatterSuggestions().dump(found)


def names(found):
    return [one["name"] for one in found["items"]]


def test_without_an_account_the_questions_alone_are_enough(catalogue):
    found = suggest(catalogue, age_band="from_80", hardship=["minimum_living", "disabled"])
    assert names(found)[:2] == ["困难残疾人生活补贴", "80周岁以上老年人高龄津贴发放"]
    first = found["items"][0]
    assert (first["certainty"], first["because"]) == ("fits", ["您有残疾证", "您家里在吃低保"])
    assert first["unsure"] and first["source"] and found["leave"] == "not_asked"


def test_every_rule_finds_its_matter_open_in_the_shipped_catalogue(catalogue):
    found = catalogue.of_codes([one.item_code for one in all_terms().values()])
    assert all(found[one.item_code].state == "open" for one in all_terms().values())


def test_what_nobody_answered_suggests_nothing(catalogue):
    assert suggest(catalogue)["items"] == []


def test_the_day_decides_in_china(catalogue):
    born = date(1946, 11, 23)
    assert "80周岁以上老年人高龄津贴发放" in names(suggest(catalogue, born_on=born.isoformat()))
    later = (born + timedelta(days=1)).isoformat()
    assert "80周岁以上老年人高龄津贴发放" not in names(suggest(catalogue, born_on=later))
    with pytest.raises(Rejected) as said:
        suggest(catalogue, born_on="2026-11-24")
    assert said.value.code == "fitting.born_later"


def test_what_the_village_has_entered_is_asked_for_and_used_with_leave_only(catalogue):
    with pytest.raises(Conflict) as said:
        suggest(catalogue, WHO, known=True)
    assert said.value.code == "fitting.facts_needed"
    without = suggest(catalogue, replace(WHO, facts=()), known=True)
    assert (without["leave"], without["items"]) == ("missing", [])
    found = suggest(catalogue, replace(WHO, facts=AGREED), known=True)
    assert found["leave"] == "given" and found["from_the_village"] == ["severely_disabled"]
    assert "重度残疾人护理补贴" in names(found)
    assert suggest(catalogue, WHO)["leave"] == "not_asked"


def test_a_helper_is_told_of_the_ward_and_within_the_mandate(catalogue):
    ward = MandateClaim("m1", "r2", utc_now(), ("7",))
    helper = replace(WHO, on_behalf_of=ward, facts=AGREED)
    found = suggest(catalogue, helper, known=True, home=["newborn"])
    kinds = {catalogue.get(one["matter_id"]).kind for one in found["items"]}
    assert kinds == {"7"} and names(found)
    assert all("您" not in said for one in found["items"] for said in one["because"])


def test_what_is_closed_is_not_suggested(affairs):
    assert names(suggest(affairs.matters, age_band="from_80")) == []
    code = all_terms()["old_age_allowance"].item_code
    affairs.matters.documents.update_one({"_id": "m1"}, {"$set": {"source_code": code}})
    assert names(suggest(affairs.matters, age_band="from_80")) == ["80周岁以上老年人高龄津贴发放"]
    affairs.matters.documents.update_one({"_id": "m1"}, {"$set": {"state": "closed"}})
    assert names(suggest(affairs.matters, age_band="from_80")) == []


def test_the_catalogue_is_read_by_its_codes_in_an_index(catalogue, plans):
    codes = [one.item_code for one in all_terms().values()]
    [seen] = plans(catalogue.documents, lambda: catalogue.of_codes(codes))
    assert seen["planSummary"].startswith("IXSCAN { source_code: 1 }")
    assert seen["docsExamined"] <= len(set(codes))


@pytest.fixture
def kept(affairs, database):
    store = FittingAnswerStore(database)
    store.create_indexes()

    def keep(actor=WHO, now=None, leave=lambda *people: None, **asked):
        told = contract.KeepFittingAnswers().load(asked)
        return usecases.keep(store, affairs.people, leave, affairs.call(actor, now=now or utc_now(), **told))

    return SimpleNamespace(store=store, keep=keep)


ANSWERS = {"born_on": "1944-02-29", "home": ["farm"], "hardship": ["disabled"]}


def own(kept, actor=WHO, now=None):
    return usecases.own(kept.store, Call({}, actor, now=now or utc_now()))


def test_kept_answers_are_sealed_and_ones_own(kept):
    kept.keep(**ANSWERS)
    found = contract.FittingAnswers().dump(own(kept))
    assert {name: found[name] for name in ANSWERS} == ANSWERS
    document = str(kept.store.documents.find_one())
    assert "1944" not in document and "disabled" not in document and "farm" not in document
    with pytest.raises(NotFound):
        own(kept, CivicActor("r2", "resident"))


def test_they_are_replaced_and_end_after_a_year(kept):
    kept.keep(**ANSWERS)
    later = utc_now()
    kept.keep(now=later, age_band="from_60")
    assert own(kept).home == [] and own(kept).ends_at - later <= KEPT
    assert kept.store.documents.count_documents({}) == 1
    with pytest.raises(NotFound):
        own(kept, now=later + KEPT)
    kept.store.documents.update_one({}, {"$set": {"ends_at": utc_now() - timedelta(days=1)}})
    kept.keep(**ANSWERS)
    assert own(kept).home == ["farm"]


def test_two_devices_at_once_leave_one_whole_set_of_answers(kept):
    def once(band):
        try:
            kept.keep(age_band=band)
        except DomainError as refused:
            return refused.code
        return ""

    bands = ("from_18", "from_60", "from_80", "from_16")
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(once, bands))
    assert "" in said and kept.store.documents.count_documents({}) == 1
    assert own(kept).age_band in [band for band, code in zip(bands, said, strict=True) if not code]


def test_nothing_is_kept_of_whom_is_leaving_whoever_looks_first(kept):
    def leaving(*people):
        raise Rejected("departure.no_application", "")

    with pytest.raises(Rejected):
        kept.keep(leave=leaving, **ANSWERS)
    asked = iter([lambda: None, lambda: leaving()])
    with pytest.raises(Rejected):
        kept.keep(leave=lambda *people: next(asked)(), **ANSWERS)
    assert kept.store.documents.count_documents({}) == 0


def test_nothing_is_kept_of_whom_nothing_was_heard_yet(kept):
    with pytest.raises(Rejected) as said:
        kept.keep(CivicActor("new", "resident"), **ANSWERS)
    assert said.value.code == "fitting.not_known_yet"


def test_they_are_gone_at_a_word_with_the_leave_and_with_the_person(kept):
    def gone():
        return kept.store.documents.count_documents({}) == 0

    kept.keep(**ANSWERS)
    assert usecases.discard(kept.store, Call({}, WHO)) == {"kept": False} and gone()
    assert usecases.discard(kept.store, Call({}, WHO)) == {"kept": False}
    kept.keep(**ANSWERS)
    heard = FittingListeners()
    heard.fitting_answers = kept.store
    hear = FittingListeners.on_identity_consent_withdrawn
    hear(heard, SimpleNamespace(data={"purpose": "market_sms", "resident_id": "r1"}), None)
    assert not gone()
    hear(heard, SimpleNamespace(data={"purpose": "fitting", "resident_id": "r1"}), None)
    assert gone()
    kept.keep(**ANSWERS)
    kept.store.of_a_person.erase(kept.store, "r1", None)
    assert gone()


def test_a_copy_of_ones_own_data_holds_them(kept):
    kept.keep(**ANSWERS)
    [section] = kept.store.of_a_person.sections
    told = section.of(kept.store, ["r1"], kept.store.database)
    assert told["rows"][0]["born_on"] == "1944-02-29" and told["rows"][0]["hardship"] == ["disabled"]
