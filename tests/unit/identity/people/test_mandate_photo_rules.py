"""The rules of the photos of a mandate's paper."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Conflict, DomainError, NotFound, Rejected
from services.identity.people.mandates import photo_rules as rules
from services.identity.people.mandates.events import STATES
from services.identity.people.mandates.model import LIVING, Mandate

NOW, LATER = datetime(2026, 11, 23, 2, tzinfo=UTC), datetime(2027, 11, 23, 2, tzinfo=UTC)


def mandate(*photos: str, state: str = "offered", origin: str = "paper", **more) -> Mandate:
    named = [{"id": one} for one in photos]
    return Mandate(
        "m", "510183", "w", "h", "entrusted", ["all"], True, False, NOW, LATER, LATER, origin, state=state, photos=named, **more
    )  # fmt: skip


def refused(act, *given) -> str:
    with pytest.raises(DomainError) as refusal:
        act(*given)
    assert refusal.value.message.endswith("。")
    return refusal.value.code


@pytest.mark.parametrize("state", STATES)
def test_photos_come_and_go_and_are_seen_while_the_mandate_lives(state):
    one = mandate("p1", "p2", state=state)
    assert bool(one.shown_photos) == (state in LIVING)
    if state in LIVING:
        one.takes_a_photo()
        return
    assert refused(one.takes_a_photo) == "mandate.takes_no_photos"
    assert refused(one.remove_photo, "p1", "o", "r", NOW) == "mandate.takes_no_photos"
    with pytest.raises(NotFound):
        one.photo("p1")


def test_only_what_was_given_on_paper_takes_photos():
    assert refused(mandate(origin="online").takes_a_photo) == "mandate.not_on_paper"


def test_a_paper_has_four_photos_at_most_and_the_same_again_is_none_more():
    one = mandate()
    for number in range(rules.MOST_PHOTOS):
        assert len(one.add_photo(f"p{number}", "o", {"width": 1}, NOW)) == 1
    assert one.add_photo("p0", "o", {}, NOW) == []
    with pytest.raises(Rejected, match="最多 4 张"):
        one.add_photo("p9", "o", {}, NOW)
    assert [photo["id"] for photo in one.photos] == ["p0", "p1", "p2", "p3"]


@pytest.mark.parametrize(("state", "photos", "missing"), [
    ("offered", (), True), ("active", (), True), ("ended", (), False), ("active", ("p1",), False),
])  # fmt: skip
def test_a_photo_is_missing_while_it_lives_and_none_is_there(state, photos, missing):
    assert mandate(*photos, state=state).photos_missing is missing


def test_of_what_was_recorded_before_nobody_says_that_a_photo_is_missing():
    one = mandate()
    one.photos = None
    assert not one.photos_missing and one.shown_photos == []


def test_before_the_acceptance_a_photo_goes_without_a_reason():
    one = mandate("p1")
    ((name, told),) = one.remove_photo("p1", "o", "", NOW)
    assert name == "mandate.photo_removed" and told["photo_id"] == "p1" and one.photos == []
    assert one.photo_changes == []


def test_after_it_one_stays_and_who_takes_another_away_says_why():
    one = mandate("p1", "p2", state="active")
    assert refused(one.remove_photo, "p1", "o", "", NOW) == "mandate.photo_reason_missing"
    ((_, told),) = one.remove_photo("p1", "o", "看不清", NOW)
    assert "看不清" not in str(told)
    assert one.photo_changes == [{"at": NOW, "by": "o", "reason": "看不清"}]
    with pytest.raises(Conflict):
        one.remove_photo("p2", "o", "也看不清", NOW)


def test_who_was_erased_leaves_no_reason_behind():
    one = mandate("p1", state="active", photo_changes=[{"at": NOW, "by": "o", "reason": "看不清"}])
    one.erase("w", NOW)
    assert one.photo_changes == [] and one.forget_photos() == ["p1"] and one.photos == []
