"""A phone belongs to who proves it by a code: nobody is kept out by a form, nobody is handed another's account, nothing is lost."""

from functools import partial

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, DomainError
from services.civic.actor import SYSTEM
from services.identity.people.residents import contract, proofs, registration, usecases
from services.identity.people.residents.phones import HOLDING
from services.identity.privacy.erasures.store import ErasureStore
from tests.integration.identity.village_scene import (
    COUNTY_OFFICIAL,
    TOWN_OFFICIAL,
    VILLAGE_OFFICIAL,
    Village,
    at_once,
    herself,
)

PHONE, OTHER = "13800000013", "13800000014"
PHONES_OWN = (
    "phone_key",
    "phone_held",
    "phone_hash",
    "phone_proved_at",
    "phone_lost_at",
    "version",
    "sealed",
)
NOT_KEPT = (*PHONES_OWN, "masked_phone", "outbox", "pending_since", "requests")


@pytest.fixture
def village(database):
    return Village(database)


def certify(village, her):
    return village.certify(her)


def prove(village, her, phone=PHONE):
    return proofs.prove(
        village.residents,
        her.id,
        phone,
        village.call(herself(her), contract.FindResident, resident_id=her.id),
    )


def holders(village, phone=PHONE) -> list[str]:
    """The ids of all that hold a phone, however they are looked for."""
    found = village.residents.documents.find({"phone_held": True})
    return [one["_id"] for one in found if village.residents.get(one["_id"]).phone == phone]


def kept(village, her) -> dict:
    """What is stored of somebody beside the phone."""
    document = village.residents.documents.find_one({"_id": her.id})
    return {name: value for name, value in document.items() if name not in NOT_KEPT}


def end(village, her, kind):
    asked = {"kind": kind, "reason": "测试"}
    village.decide(usecases.report_end, VILLAGE_OFFICIAL, contract.ReportEnd, her, **asked)
    village.decide(usecases.confirm_end, TOWN_OFFICIAL, contract.Decide, her)


def reject(village, her):
    village.decide(
        usecases.reject, VILLAGE_OFFICIAL, contract.RejectResident, her, village.terms, reason="不在本村"
    )


def merge(village, her):
    asked = {"ended_id": her.id, "reason": "同一人"}
    erasures = ErasureStore(village.residents.database)
    village.decide(usecases.merge, COUNTY_OFFICIAL, contract.Merge, village.register(), erasures, **asked)


def erase(village, her):
    gone = village.reload(her)
    call = village.call(COUNTY_OFFICIAL, contract.FindResident, resident_id="x")
    village.residents.save(gone, gone.erase(), call)


def test_who_registers_with_anothers_phone_is_answered_like_everybody_else(village):
    first, second = village.register(phone=PHONE), village.register(phone=PHONE)
    own = ("id", "registered_at", "decide_by", "name", "id_number", "number_hint")
    answers = [contract.Resident().dump(one) for one in (first, second)]
    same = [{name: value for name, value in one.items() if name not in own} for one in answers]
    assert same[0] == same[1] and same[0]["phone_state"] == "unproven"
    assert village.told(first) == village.told(second) == ["registered"]
    assert holders(village) == [first.id]


@pytest.mark.parametrize("known", ["proven", "certified", "typed in"])
def test_a_proof_takes_the_phone_and_leaves_the_account(village, known):
    before, owner = village.register(phone=PHONE), village.register(phone=PHONE)
    if known == "certified":
        certify(village, before)
    if known == "proven":
        prove(village, before)
    was = kept(village, before)
    assert prove(village, owner).phone_state == "proven"
    assert holders(village) == [owner.id] and kept(village, before) == was
    lost = village.reload(before)
    told = {"proven": "phone_lost", "certified": "phone_lost", "typed in": "registered"}[known]
    assert village.told(before)[-1] == told
    # who had only typed it in learns nothing of whose it is
    assert lost.phone_state == ("unproven" if known == "typed in" else "lost")
    assert lost.phone == PHONE and lost.password_hash == before.password_hash
    assert village.told(owner) == ["registered", "phone_proved"]


@pytest.mark.parametrize("held", [True, False])
def test_of_two_who_prove_at_the_same_moment_one_holds_it_and_nothing_is_lost(village, held):
    before = certify(village, village.register(phone=PHONE)) if held else None
    phone = PHONE if held else OTHER
    provers = [village.register(phone=PHONE) for _ in range(6)]
    was = {one.id: kept(village, one) for one in (*provers, *([before] if before else []))}
    answers = at_once(*(partial(prove, village, one, phone) for one in provers))
    assert {one.id for one in answers} == {one.id for one in provers}
    (winner,) = holders(village, phone)
    assert winner in {one.id for one in provers}
    found = {id: village.residents.get(id) for id in was}
    losers = [one for id, one in found.items() if id != winner]
    assert {one.phone_state for one in losers} == {"lost"}
    assert {id: kept(village, one) for id, one in found.items()} == was
    assert village.residents.find_by_phone(phone).id == winner
    for one in losers:
        assert village.told(one)[-1] == "phone_lost"


def test_of_two_who_register_at_the_same_moment_both_are_registered_and_one_holds_the_phone(village):
    def register():
        return village.again(lambda: village.register(phone=PHONE))

    made = at_once(*[register] * 6)
    assert len({one.id for one in made}) == 6 and len(holders(village)) == 1
    assert {one.id for one in village.residents.with_phone(PHONE)} == {one.id for one in made}


@pytest.mark.parametrize("ended", ["rejected", "deceased", "deactivated", "merged", "erased"])
def test_an_entry_that_is_rejected_or_has_ended_frees_the_phone(village, ended):
    her = village.register(phone=PHONE)
    prove(village, her)
    ways = {"rejected": reject, "merged": merge, "erased": erase}
    ways.get(ended, partial(end, kind=ended))(village, her)
    assert village.reload(her).state == ended and holders(village) == []
    assert village.reload(her).phone_state == "unproven"
    new = village.register(phone=PHONE)
    assert holders(village) == [new.id]


def test_who_tries_again_holds_the_phone_again_where_it_is_still_free(village):
    one, other = (village.register(phone=phone) for phone in (PHONE, OTHER))
    for her in (one, other):
        reject(village, her)
    new = village.register(phone=OTHER)
    parts = (village.villages, lambda number: f"h {number}", village.terms)
    for her in (one, other):
        village.decide(registration.try_again, herself(her), contract.TryAgain, her, *parts)
    assert holders(village) == [one.id] and holders(village, OTHER) == [new.id]
    assert {village.reload(her).state for her in (one, other)} <= set(HOLDING)


def test_who_was_ended_in_error_comes_back_without_taking_the_phone(village):
    her = certify(village, village.register(phone=PHONE))
    end(village, her, "deceased")
    new = village.register(phone=PHONE)
    village.decide(usecases.reactivate, TOWN_OFFICIAL, contract.Reactivate, her, reason="误报")
    assert village.reload(her).state == "certified" and holders(village) == [new.id]
    assert her.id in {one.id for one in village.residents.with_phone(PHONE)}
    assert prove(village, her).phone_state == "proven" and holders(village) == [her.id]


def test_a_correction_names_another_phone_and_takes_it_from_nobody(village):
    owner, her = village.register(phone=PHONE), certify(village, village.register(phone=OTHER))
    asked = {"what": "phone", "value": PHONE}
    hashed = lambda number: f"h {number}"  # noqa: E731
    village.decide(usecases.ask_correction, herself(her), contract.AskCorrection, her, hashed, **asked)
    corrected = village.decide(
        usecases.approve_correction, VILLAGE_OFFICIAL, contract.Decide, her, lambda region: False
    )
    assert (corrected.phone, corrected.phone_state) == (PHONE, "unproven")
    assert holders(village) == [owner.id] and holders(village, OTHER) == []


def test_nobody_is_told_anything_at_a_phone_that_is_or_may_be_anothers(village):
    before = certify(village, village.register(phone=PHONE))
    typed = village.register(phone=PHONE)
    reach = village.residents.phone_to_reach
    assert (reach(before.id), reach(typed.id)) == (PHONE, None)
    owner = village.register(phone=PHONE)
    prove(village, owner)
    assert (reach(before.id), reach(typed.id), reach(owner.id)) == (None, None, PHONE)
    reject(village, owner)
    assert (reach(owner.id), reach(before.id)) == (PHONE, None)


def test_whoever_fills_a_phone_with_entries_keeps_neither_the_certified_nor_the_newest_out(
    village, monkeypatch
):
    monkeypatch.setattr("services.identity.people.residents.store.MOST_OF_A_PHONE", 3)
    first, hers = village.register(phone=PHONE), certify(village, village.register(phone=PHONE))
    others = [village.register(phone=PHONE) for _ in range(5)]
    found = [one.id for one in village.residents.with_phone(PHONE)]
    assert found == [first.id, hers.id, others[-1].id, others[-2].id]


class Codes:
    """Codes that prove one phone, each once."""

    def __init__(self, phone):
        self.phone, self.used = phone, 0

    def __call__(self, call):
        self.used += 1
        return self.phone


def set_phone(village, her, phone, key="", just_signed_in=lambda call: None):
    asked = {"code_id": "c", "code": "123456", "resident_id": her.id}
    call = village.call(herself(her), contract.ProveResidentPhone, key, **asked)
    codes = Codes(phone)
    return proofs.set_phone(village.residents, just_signed_in, codes, {"_id": her.id}, call), codes


def test_who_lost_the_phone_sets_a_new_one_and_a_repeat_uses_no_second_code(village):
    her, owner = certify(village, village.register(phone=PHONE)), village.register(phone=PHONE)
    prove(village, owner)
    answer, codes = set_phone(village, her, OTHER, "k" * 16)
    assert (answer.phone, answer.phone_state, codes.used) == (OTHER, "proven", 1)
    assert holders(village, OTHER) == [her.id] and holders(village) == [owner.id]
    with pytest.raises(AlreadyAnswered):
        set_phone(village, her, OTHER, "k" * 16)
    assert village.told(her).count("phone_proved") == 1


def test_a_warning_finds_the_phone_that_was_hers_then_and_whoever_types_it_in_keeps_it_from_nobody(village):
    her = certify(village, village.register(phone=PHONE))
    before = village.now()
    set_phone(village, her, OTHER)
    reach = village.residents.phone_to_reach
    assert (reach(her.id, before), reach(her.id)) == (PHONE, OTHER)
    assert village.told(her)[-2:] == ["phone_proved", "phone_changed"]
    stored = village.residents.documents.find_one({"_id": her.id})
    assert PHONE not in str(stored) and OTHER not in str(stored["outbox"])
    village.register(phone=PHONE)
    assert reach(her.id, before) == PHONE
    prove(village, village.register(phone=PHONE))
    assert reach(her.id, before) is None, "it is another's now"


def test_the_clock_forgets_the_phone_before_a_change(village):
    her = certify(village, village.register(phone=PHONE))
    before = village.now()
    set_phone(village, her, OTHER)
    later = Call({}, SYSTEM, now=village.reload(her).due)
    usecases.escalate_what_is_overdue(village.residents, later)
    assert village.reload(her).phones_before == []
    assert village.residents.phone_to_reach(her.id, before) == OTHER


def test_an_ended_entry_takes_no_phone_and_an_old_session_sets_none(village):
    def too_long_ago(call):
        raise DomainError("session.not_new", "x")

    her = certify(village, village.register(phone=PHONE))
    with pytest.raises(DomainError, match="not_new"):
        set_phone(village, her, OTHER, just_signed_in=too_long_ago)
    end(village, her, "deactivated")
    with pytest.raises(DomainError, match="ended_already"):
        set_phone(village, her, OTHER)
    assert holders(village, OTHER) == []
