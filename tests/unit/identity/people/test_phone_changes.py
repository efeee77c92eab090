"""Whose phone is changed is told so, and the phone before is remembered as long as a warning may be on its way to it."""

from datetime import timedelta

from services.identity.people.residents.phones import MOST_BEFORE, REMEMBERED
from tests.unit.identity.people.test_resident_rules import NOW, resident

OLD, NEW = "13800000001", "13800000002"
MINUTE = timedelta(minutes=1)


def names(events: list[tuple[str, dict]]) -> list[str]:
    return [name for name, _ in events]


def test_who_held_a_phone_and_proves_another_one_is_told_so_by_no_number():
    her = resident(state="certified")
    told = her.prove_phone(NEW, NOW)
    assert names(told) == ["resident.phone_proved", "resident.phone_changed"]
    assert OLD not in str(told) and NEW not in str(told)
    assert (her.phone_at(NOW), her.phone_at(NOW + MINUTE)) == (OLD, None)


def test_proving_the_phone_that_one_has_changes_none():
    her = resident(state="certified")
    assert names(her.prove_phone(OLD, NOW)) == ["resident.phone_proved"]
    assert her.phones_before == []


def test_a_phone_that_was_only_typed_in_is_told_nothing():
    her = resident(state="pending")
    assert names(her.prove_phone(NEW, NOW)) == ["resident.phone_proved"]
    assert her.phone_at(NOW) is None


def test_a_phone_that_an_official_corrects_is_changed_too():
    her = resident(state="certified")
    her.ask_correction("phone", {"phone": NEW}, NOW)
    told = her.approve_correction("official", False, NOW)
    assert names(told) == ["resident.corrected", "resident.phone_changed"]
    assert (her.phone, her.phone_at(NOW)) == (NEW, OLD)


def test_whoever_changes_it_again_and_again_does_not_push_out_the_persons_own():
    her = resident(state="certified")
    for number in range(MOST_BEFORE + 5):
        her.prove_phone(f"139000000{number:02d}", NOW + number * MINUTE)
    assert her.phone_at(NOW - MINUTE) == OLD and len(her.phones_before) == MOST_BEFORE


def test_it_is_forgotten_when_no_warning_can_be_on_its_way_any_more():
    her = resident(state="certified")
    her.prove_phone(NEW, NOW)
    assert her.due == NOW + REMEMBERED
    assert not her.forget_phones_before(her.due - MINUTE) and her.phone_at(NOW) == OLD
    assert her.forget_phones_before(her.due)
    assert (her.phones_before, her.due) == ([], None)
