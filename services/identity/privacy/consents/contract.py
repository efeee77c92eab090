"""Shapes of the notice and of consents."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, Whole, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.identity.privacy.consents.catalogue import GROUNDS

STATES = ("given", "withdrawn")
SHOWN = (*STATES, "never_given", "outdated")


class FindNotice(Shape):
    """The notice of a version, or the one that holds now."""

    version = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(1, 1_000_000), metadata={"description": "告知书的版本"}
    )  # fmt: skip


class GiveConsent(Shape):
    """Consent to one purpose, as the notice of this version tells it."""

    purpose = Id(required=True)
    notice_version = Whole(1, 1_000_000, required=True, metadata={"description": "您读过的告知书版本"})


class WithdrawConsent(Shape):
    """Withdraw the consent to one purpose; what was done before stays lawful."""

    purpose = Id(required=True)


class ListDecisions(Page):
    """The caller's own decisions on consents, newest first."""


class Purpose(Answer):
    """What is asked for, why, on what ground, who receives it and how long it is kept."""

    purpose = Id(required=True)
    version = fields.Integer(required=True, metadata={"description": "自告知书哪一版起如此"})
    ground = fields.String(required=True, validate=validate.OneOf(GROUNDS))
    title = fields.String(required=True)
    why = fields.String(required=True)
    fields_used = fields.List(fields.String(), attribute="fields", required=True)
    recipients = fields.String(required=True)
    kept = fields.String(required=True)
    source = fields.String(required=True)


class PrivacyNotice(Answer):
    """One version of the notice; `newest` is the version that holds now."""

    version = fields.Integer(required=True)
    newest = fields.Integer(required=True)
    purposes = fields.List(fields.Nested(Purpose), required=True)


class Decision(Answer):
    """One decision: to which purpose, as which version of the notice told it."""

    id = Id(required=True)
    purpose = Id(required=True)
    version = fields.Integer(attribute="purpose_version", required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    decided_at = Time(required=True)


DecisionPage = page_of(Decision)


class Consent(Answer):
    """How the caller stands to one purpose; `outdated` where the purpose has changed since."""

    purpose = Id(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SHOWN))
    decided_at = Time(required=True, allow_none=True)


class Consents(Answer):
    """Every purpose that needs a consent."""

    items = fields.List(fields.Nested(Consent), required=True)


class _OfConsent(Event):
    """What every event of a consent carries."""

    consent_id = public(Id(required=True))
    resident_id = public(Id(required=True))
    purpose = public(Id(required=True))


class ConsentGiven(_OfConsent):
    """A resident consented to one purpose."""

    name = "identity.consent.given"
    state = in_state("given")


class ConsentWithdrawn(_OfConsent):
    """A resident withdrew the consent to one purpose: what rests on it ends now."""

    name = "identity.consent.withdrawn"
    state = in_state("withdrawn")


RESIDENT = ("resident",)

find_privacy_notice = Operation(FindNotice, PrivacyNotice, allow=(ANYONE,))
list_consents = Operation(None, Consents, allow=RESIDENT)
list_consent_decisions = Operation(ListDecisions, DecisionPage, allow=RESIDENT)
give_consent = Operation(GiveConsent, Decision, allow=RESIDENT, writes=True, assurance=0)
withdraw_consent = Operation(WithdrawConsent, Decision, allow=RESIDENT, writes=True, assurance=0)
