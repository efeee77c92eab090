"""What a household keeps of whoever has left it, was only asked for, or is erased: no answer under a key tells of them."""

import pytest

from services.chassis.core.calls import write_call
from services.chassis.core.errors import Conflict, VersionConflict
from services.identity.people.households import usecases
from tests.integration.identity.people.test_households import (
    HERE,
    OFFICIAL,
    Everybody,
    call,
    households,
    lived_in,
)

__all__ = ["households"]


def kept_answers(households, id) -> list:
    """What a document keeps under idempotency keys, opened."""
    kept = households.documents.find_one({"_id": id})["requests"]
    return [households.recall_answer(one["answer"]) for one in kept]


LEFT = {
    "removed": lambda households, made: usecases.remove(
        households, HERE, call(household_id=made.id, resident_id="r2")
    ),
    "moved away": lambda households, made: usecases.let_go(households, "r2", call()),
    "split off": lambda households, made: usecases.split(
        households,
        Everybody(),
        HERE,
        call(household_id=made.id, members=[{"resident_id": "r2", "relation": "head"}]),
    ),
    "dissolved": lambda households, made: usecases.dissolve(households, HERE, call(household_id=made.id)),
}


@pytest.mark.parametrize("way", LEFT)
def test_of_whoever_has_left_no_answer_that_was_kept_tells_where_they_are(households, way):
    made, in_full = lived_in(households), lambda one: {"members": [vars(each) for each in one.members]}
    changed = write_call(
        "test", {"household_id": made.id, "resident_id": "r2", "relation": "son"}, OFFICIAL, "c" * 16, in_full
    )
    usecases.change(households, HERE, changed)
    assert "厚街镇" in str(kept_answers(households, made.id))
    LEFT[way](households, made)
    assert "厚街镇" not in str(kept_answers(households, made.id))
    usecases.forget(households, "r2", call())
    with pytest.raises(Conflict, match="answer_forgotten"):
        usecases.change(households, HERE, changed)


def test_what_a_head_wrote_about_somebody_who_never_was_a_member_is_forgotten_with_its_answers(households):
    made = lived_in(households)
    assert "儿媳上月过门" in str(households.get(made.id).asks)
    usecases.forget(households, "r4", call())
    found = households.get(made.id)
    assert (found.asks[0].note, found.asks[0].reason) == ("", None)
    assert [one for one in kept_answers(households, made.id) if one] == []
    assert found.member_ids == ["r1", "r2", "r3"]


def test_an_answer_that_is_kept_while_a_member_leaves_makes_the_leaving_look_again(households, monkeypatch):
    made, forget = lived_in(households), households.forget_answers

    def somebody_is_faster(where):
        forget(where)
        monkeypatch.setattr(households, "forget_answers", forget)
        usecases.change(households, HERE, call(household_id=made.id, resident_id="r2", disability_grade=1))

    monkeypatch.setattr(households, "forget_answers", somebody_is_faster)
    with pytest.raises(VersionConflict):
        usecases.let_go(households, "r2", call())
    usecases.let_go(households, "r2", call().without_key())
    assert [one for one in kept_answers(households, made.id) if one] == []


def test_what_an_erased_head_wrote_about_others_is_forgotten_too(households):
    made = lived_in(households)
    usecases.forget(households, "r1", call())
    found = households.get(made.id)
    assert (found.asks[0].resident_id, found.asks[0].note, found.head_id) == ("r4", "", None)
