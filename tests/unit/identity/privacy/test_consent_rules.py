"""The notice and the rules of consents."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import DomainError
from services.identity.notices.preferences.model import (
    KINDS,
    messages_that_nobody_needs_are_consented_to,
    rests_on_consent,
)
from services.identity.privacy.consents import model
from services.identity.privacy.consents.catalogue import GROUNDS, read, shipped_catalogue
from services.identity.privacy.consents.model import Consent

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ROW = {
    "purpose": "market_sms", "since": "1", "ground": "consent", "title": "t", "why": "w", "fields": "手机号",
    "recipients": "无", "kept": "k", "source": "s",
}  # fmt: skip


def consent(state="given", version=1) -> Consent:
    return Consent("c", "510183", "w", "market_sms", version, 1, NOW, state)


def test_the_shipped_notice_says_for_each_purpose_what_why_on_what_ground_and_how_long():
    told = shipped_catalogue().notice(1)
    assert {"certification", "affairs", "market", "market_sms", "disclosure_by_consent"} <= {
        one.purpose for one in told
    }
    for one in told:
        assert one.ground in GROUNDS and one.why and one.fields and one.kept and "第" in one.source


def test_a_notice_keeps_its_words_when_a_later_one_changes_them():
    catalogue = read([dict(ROW), {**ROW, "since": "3", "why": "another"}])
    assert [catalogue.notice(version)[0].why for version in (1, 2, 3)] == ["w", "w", "another"]
    assert catalogue.notice(4) is None and catalogue.notice(0) is None and catalogue.newest == 3


@pytest.mark.parametrize("wrong", [{"since": "1"}, {"ground": "habit", "purpose": "other"}])
def test_a_notice_that_contradicts_itself_is_not_read(wrong):
    with pytest.raises(ValueError):
        read([dict(ROW), {**ROW, **wrong}])


def test_a_changed_purpose_needs_a_new_consent():
    before, after = (read([dict(ROW)]).find("market_sms"), read([{**ROW, "since": "2"}]).find("market_sms"))
    assert model.stands(None, before) == "never_given"
    assert model.stands(consent(), before) == "given"
    assert model.stands(consent(), after) == "outdated"
    assert model.stands(consent("withdrawn"), after) == "withdrawn"


@pytest.mark.parametrize(
    ("purpose", "code"), [("certification", "consent.not_asked"), ("nonsense", "consent.purpose_unknown")]
)
def test_only_what_rests_on_consent_is_consented_to(purpose, code):
    with pytest.raises(DomainError) as refused:
        model.only_what_rests_on_consent_is_consented_to(shipped_catalogue().find(purpose))
    assert refused.value.code == code


def test_who_consents_has_read_the_notice_that_holds():
    model.a_consent_knows_what_it_is_about(2, 2)
    with pytest.raises(DomainError):
        model.a_consent_knows_what_it_is_about(1, 2)


@pytest.mark.parametrize("last", [None, consent("withdrawn")])
def test_nothing_is_withdrawn_that_was_not_given(last):
    model.only_a_given_consent_is_withdrawn(consent())
    with pytest.raises(DomainError):
        model.only_a_given_consent_is_withdrawn(last)


def test_decisions_are_told_by_message_without_a_consent_and_sales_are_not():
    assert {kind for kind in KINDS if rests_on_consent(kind)} == {"listings", "orders"}
    messages_that_nobody_needs_are_consented_to({"applications": "sms", "orders": "inbox"}, False)
    messages_that_nobody_needs_are_consented_to({"orders": "sms"}, True)
    with pytest.raises(DomainError):
        messages_that_nobody_needs_are_consented_to({"orders": "sms"}, False)


def test_who_registers_has_been_shown_the_notice_that_holds():
    catalogue = read([dict(ROW), {**ROW, "since": "2"}])
    catalogue.must_be_shown(2)
    for version in (1, 3):
        with pytest.raises(DomainError):
            catalogue.must_be_shown(version)
