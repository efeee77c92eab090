"""Who may help whom, in what, how long and how many: both sides of every rule."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import DomainError, Forbidden
from services.civic.photos import MOST_BYTES, upright
from services.identity.people.mandates import model
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.model import (
    CHECK_HOLDS,
    OFFER_STANDS,
    Mandate,
    months_after,
)
from services.identity.people.mandates.photos import the_photo_shows_a_paper
from tests.photos import in_base64, photo

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
LIMITS = MandateLimits(most_months=12, most_wards=2)


def mandate(**changes) -> Mandate:
    values = {
        "id": "m",
        "region": "510183103204",
        "ward_id": "elder",
        "helper_id": "helper",
        "kind": "entrusted",
        "matters": ["5", "20"],
        "orders": False,
        "votes": False,
        "offered_at": NOW,
        "expires_at": months_after(NOW, 6),
        "answer_by": NOW + OFFER_STANDS,
    }
    return Mandate(**{**values, **changes})


def accepted(**changes) -> Mandate:
    made = mandate(**changes)
    made.accept([], LIMITS, NOW)
    return made


def refused(rule, *arguments) -> str:
    with pytest.raises(DomainError) as refusal:
        rule(*arguments)
    return refusal.value.code


def test_an_offer_asks_the_helper_and_nothing_can_be_done_under_it_yet():
    made = mandate()
    ids = {"mandate_id": "m", "ward_id": "elder", "helper_id": "helper"}
    assert made.offer(LIMITS) == [("mandate.offered", {**ids, "state": "offered"})]
    assert refused(made.allow, "affairs", NOW) == "mandate.not_in_force"


def test_nobody_is_their_own_helper():
    assert refused(mandate(helper_id="elder").offer, LIMITS) == "mandate.own_helper"


@pytest.mark.parametrize("party", ["elder", "helper"])
def test_a_party_does_not_witness_the_paper(party):
    assert refused(mandate(witness_id=party).offer, LIMITS) == "mandate.witness_is_party"
    assert mandate(witness_id="third").offer(LIMITS)


def test_a_mandate_for_nothing_is_refused():
    assert refused(mandate(matters=[]).offer, LIMITS) == "mandate.covers_nothing"
    assert mandate(matters=[], orders=True).offer(LIMITS)


def test_a_mandate_lasts_no_longer_than_the_county_lets_it():
    assert mandate(expires_at=months_after(NOW, 12)).offer(LIMITS)
    assert refused(mandate(expires_at=months_after(NOW, 13)).offer, LIMITS) == "mandate.too_long"


def test_months_end_on_the_last_day_of_a_month_that_is_too_short():
    assert months_after(datetime(2026, 8, 31, 5, tzinfo=UTC), 6) == datetime(2027, 2, 28, 5, tzinfo=UTC)
    assert months_after(datetime(2026, 12, 1, tzinfo=UTC), 1) == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_helper_takes_the_lowest_free_place_and_no_more_than_there_are():
    one = mandate()
    one.accept([0], LIMITS, NOW)
    assert one.slot == 1
    assert refused(mandate().accept, [0, 1], LIMITS, NOW) == "mandate.too_many_wards"


def test_an_offer_is_answered_once_and_in_time():
    assert refused(accepted().accept, [], LIMITS, NOW) == "mandate.no_open_offer"
    assert refused(accepted().refuse, NOW) == "mandate.no_open_offer"
    assert refused(mandate().accept, [], LIMITS, NOW + OFFER_STANDS) == "mandate.no_open_offer"


@pytest.mark.parametrize("by", ["ward", "helper", "village"])
def test_any_of_the_three_ends_it_at_once_and_the_place_is_free(by):
    made = accepted()
    (told,) = made.end(by, "", NOW)
    assert told[0] == "mandate.ended" and told[1]["ended_by"] == by and made.slot is None
    assert refused(made.allow, "affairs", NOW) == "mandate.not_in_force"
    assert refused(made.end, by, "", NOW) == "mandate.over_already"


def test_after_its_time_nothing_is_done_even_before_the_clock_has_told():
    made = accepted()
    assert made.allow("affairs", made.expires_at - timedelta(seconds=1)) == made.expires_at
    assert refused(made.allow, "affairs", made.expires_at) == "mandate.not_in_force"
    assert made.expire(made.expires_at - timedelta(seconds=1)) == []
    assert [name for name, _ in made.expire(made.expires_at)] == ["mandate.expired"] and made.slot is None


def test_an_offer_that_nobody_answers_is_over_after_a_fortnight():
    made = mandate()
    assert made.expire(NOW + OFFER_STANDS - timedelta(seconds=1)) == []
    assert [name for name, _ in made.expire(NOW + OFFER_STANDS)] == ["mandate.expired"]


def test_a_check_holds_for_seconds_only():
    assert accepted().allow("affairs", NOW) == NOW + CHECK_HOLDS
    assert timedelta(seconds=60) >= CHECK_HOLDS


def test_a_helper_does_what_the_mandate_covers_and_nothing_else():
    made = accepted(orders=True, matters=[])
    assert made.allow("orders", NOW)
    assert refused(made.allow, "affairs", NOW) == "mandate.out_of_scope"
    assert refused(made.allow, "votes", NOW) == "mandate.out_of_scope"


def test_a_mandate_for_all_matters_is_limited_to_no_kind():
    assert mandate(matters=["all", "5"]).kinds == []
    assert mandate().kinds == ["5", "20"]


def person(state):
    return SimpleNamespace(state=state)


def test_only_certified_residents_give_help_and_witness():
    model.only_certified_residents_give_mandates(person("certified"))
    model.only_certified_residents_help(person("certified"))
    model.only_certified_residents_witness(person("certified"))
    assert refused(model.only_certified_residents_give_mandates, person("pending"))
    for rule in (model.only_certified_residents_help, model.only_certified_residents_witness):
        assert refused(rule, person("rejected")) == refused(rule, None)


def test_a_mandate_rests_while_the_village_vouches_for_only_one():
    model.only_while_the_village_vouches_for_both(person("certified"), person("certified"))
    for two in ((person("certified"), None), (person("rejected"), person("certified"))):
        with pytest.raises(Forbidden):
            model.only_while_the_village_vouches_for_both(*two)


def test_the_photo_of_a_paper_is_kept_upright_and_without_its_place():
    kept = the_photo_shows_a_paper(in_base64(photo()))
    assert kept.large == upright(photo()) and b"Camera of Wang" not in kept.large


@pytest.mark.parametrize(
    "sent, code",
    [
        ("not base64!", "mandate.photo_unreadable"),
        (in_base64(photo()[:200]), "mandate.photo_unreadable"),
        (in_base64(b"<svg onload=alert(1)>"), "mandate.photo_no_picture"),
        (in_base64(b"anything"), "mandate.photo_no_picture"),
        (in_base64(photo() + b"x" * MOST_BYTES), "mandate.photo_too_large"),
        (in_base64(photo("PNG", (8000, 7000))), "mandate.photo_too_large"),
    ],
)
def test_what_is_no_photo_is_refused_under_the_codes_of_mandates(sent, code):
    assert refused(the_photo_shows_a_paper, sent) == code
