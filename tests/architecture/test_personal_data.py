"""Nobody is forgotten, and nothing of who is to be forgotten: every store says what it holds of a person and answers for it."""

import ast
import inspect

import pytest

from services.chassis.storage.store import Store
from services.civic.privacy.personal_data import (
    ErasedByListener,
    NothingOfAPerson,
    OfOthers,
    PersonalData,
    forgotten,
    one_by_one,
)
from services.civic.store import RegionalStore
from tests.architecture.house import ROOT, SERVICES, holders, owner_of, service, tree

PEOPLE = {"person", "people", "members", "reporter"}
OF_THINGS = {"event_id", "import_id", "succession_id"}
"""The ids that are no person's, of what holds nothing of one: any other `..._id` is taken for a person's."""

OFFICES = {"absences", "duties", "invitations", "staff", "recorded", "departments"}
"""Capabilities that keep officials, contacts and people without an account: who is none of these has an account to erase."""

HOLDERS = holders()
EVERY = pytest.mark.parametrize("holder", HOLDERS, ids=lambda one: f"{one.__module__}.{one.__name__}")
HOLDING = [one for one in HOLDERS if isinstance(getattr(one, "of_a_person", None), PersonalData)]
SECTIONS = [
    pytest.param(holder, section, id=f"{owner_of(holder)} {section.title}")
    for holder in HOLDING
    for section in holder.of_a_person.sections
]


def _names_a_person(field: str) -> bool:
    return field in PEOPLE or (field.endswith(("_id", "_ids")) and field not in OF_THINGS)


def whats_wrong(holder: type) -> str | None:
    """Give what a store's declaration lacks, or None."""
    told = getattr(holder, "of_a_person", None)
    if not isinstance(told, (PersonalData, NothingOfAPerson, OfOthers)):
        return "declare `of_a_person` (services/civic/privacy/personal_data.py)"
    aggregate = getattr(holder, "aggregate", None)
    names = {one for one in getattr(aggregate, "__dataclass_fields__", ()) if _names_a_person(one)}
    if isinstance(told, NothingOfAPerson) and (names or getattr(holder, "personal", ())):
        return f"it holds something of a person: {sorted(names) or holder.personal}"
    if isinstance(told, OfOthers) and holder.__module__.split(".")[-2] not in OFFICES:
        return "who is no official has an account to erase"
    if not isinstance(told, PersonalData) and len(told.why) < 5:
        return "say why"
    return None


@EVERY
def test_every_store_says_what_it_holds_of_a_person(holder):
    assert whats_wrong(holder) is None


class Scratch(RegionalStore):
    """What somebody adds who thinks of no erasure: applications of people, kept anew. Not below `services`."""

    service, collection, noun = "market", "scratch", "scratch"
    aggregate = next(one for one in HOLDERS if one.__name__ == "PaymentStore").aggregate


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (None, "declare"),
        (NothingOfAPerson("it is only money"), "buyer_id"),
        (OfOthers("it is only money"), "no official"),
        (next(one for one in HOLDING if one.__name__ == "PaymentStore").of_a_person, None),
    ],
    ids=["says nothing", "denies it", "shifts it", "answers for it"],
)
def test_a_new_store_that_forgets_its_person_is_found(told, wrong):
    store = type("ScratchStore", (Scratch,), {"of_a_person": told})
    found = whats_wrong(store)
    assert found is None if wrong is None else wrong in found


def test_a_store_whose_personal_fields_are_named_cannot_deny_that_it_holds_something():
    sealed = type(
        "SealedStore", (RegionalStore,), {"personal": ("note",), "of_a_person": NothingOfAPerson("notes")}
    )
    assert "note" in whats_wrong(sealed)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_answers_for_everything_that_it_holds_of_a_person_and_for_nothing_else(name):
    wired = service(name).held_of_a_person.make.args[0]
    provided = {uses.make for _, uses in inspect.getmembers(service(name)) if hasattr(uses, "make")}
    assert set(wired) == {one for one in HOLDING if owner_of(one) == name or one in provided}
    assert len(wired) == len(set(wired))


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_capability_erases_itself_is_heard_by_it(name):
    heard = {
        method.hears.queue
        for _, method in inspect.getmembers(service(name), inspect.isfunction)
        if "identity.resident.erased" in getattr(getattr(method, "hears", None), "names", ())
    }
    told = (one.of_a_person.erase for one in service(name).held_of_a_person.make.args[0])
    assert {erase.queue for erase in told if isinstance(erase, ErasedByListener)} <= heard


@pytest.mark.parametrize("holder", HOLDING, ids=lambda one: one.__name__)
def test_what_a_service_calls_to_erase_is_there_to_be_called(holder):
    erase = holder.of_a_person.erase
    if erase is forgotten:
        assert callable(holder.forget)
    if erase is one_by_one:
        assert list(inspect.signature(holder.aggregate.erase).parameters) == ["self", "person", "now"]
        assert "erased" in holder.aggregate.__dataclass_fields__


LEAVING = [one for one in HOLDING if one.of_a_person.must_not_begin]


def test_some_things_must_not_be_begun_by_somebody_who_is_leaving():
    assert {one.collection for one in LEAVING} == {"applications", "claims", "listings", "orders", "reviews"}


@pytest.mark.parametrize("holder", LEAVING, ids=lambda one: one.__name__)
def test_what_must_not_be_begun_is_refused_before_it_is_written_and_once_it_is(holder):
    usecases = ROOT.joinpath(*holder.__module__.split(".")).with_name("usecases.py")
    calls = [one.func for one in ast.walk(tree(usecases)) if isinstance(one, ast.Call)]
    asking = {"must_not_leave", holder.of_a_person.must_not_begin.__name__}
    assert len([one for one in calls if getattr(one, "id", "") in asking]) >= 2


@pytest.mark.parametrize(("holder", "section"), SECTIONS)
def test_what_a_copy_shows_is_there_to_be_shown(holder, section):
    if issubclass(holder, Store):
        own = set(dir(holder.aggregate)) | set(holder.aggregate.__dataclass_fields__)
        assert section.row or set(section.labels) <= own


@pytest.mark.parametrize(("holder", "section"), SECTIONS)
def test_a_person_is_found_by_an_index_that_also_orders(holder, section):
    firsts = [list(index.document["key"]) for index in holder.indexes]
    wanted = [section.by, *((section.order, "_id") if section.order else ())]
    assert section.by == "_id" or any(keys[: len(wanted)] == wanted for keys in firsts)
