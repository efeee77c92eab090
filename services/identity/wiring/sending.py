"""What the senders of messages and webhooks work with: processes of their own, wired to the other capabilities here."""

from services.chassis.core.errors import NotFound
from services.civic.quiet_hours import QuietHours
from services.civic.settings import CivicSettings
from services.identity.access.guest_access import usecases as visits
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.keys import Keys
from services.identity.access.verification_codes.store import VerificationCodeStore
from services.identity.notices.messages.delivery_attempt import SmsParts
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.provider import providers_of
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.preferences.model import rests_on_consent
from services.identity.officials.invitations.message_links import MessageLinks
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.consents.asking import Consenting
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.delivery_attempt import WebhookParts
from services.identity.subscribers.webhooks.store import (
    AttemptStore,
    FailedDeliveryStore,
    WebhookCursors,
    WebhookStore,
)
from services.identity.wiring.subscriptions import Subscriptions


def sms_parts(database, settings: CivicSettings) -> SmsParts:
    """Give what the sender of messages works with: a phone, a code and a consent are looked up when a message is sent."""
    residents, visitors = ResidentStore(database), VisitorStore(database)
    consenting = Consenting(database)

    def phone_of(person: str) -> str | None:
        try:
            return residents.phone_to_reach(person)
        except NotFound:
            return visits.phone_of(visitors, residents, person)

    def may_send(message: TextMessage) -> bool:
        optional = message.person and message.kind != "code" and rests_on_consent(message.kind)
        return not optional or consenting.to_market_sms(message.person)

    return SmsParts(
        messages=MessageStore(database),
        providers=providers_of(settings),
        phone_of=phone_of,
        phone_at=residents.phone_to_reach,
        code_of=Keys.from_platform(database, settings).of_code,
        quiet=QuietHours.read(settings.sms_quiet_hours),
        may_send=may_send,
        invited=MessageLinks.from_platform(database, settings),
        phone_of_code=VerificationCodeStore(database).phone_of,
    )


def webhook_parts(database, settings: CivicSettings) -> WebhookParts:
    """Give what the sender of webhooks works with."""
    return WebhookParts(
        subscriptions=Subscriptions.from_platform(database, settings),
        webhooks=WebhookStore(database),
        cursors=WebhookCursors(database),
        failures=FailedDeliveryStore(database),
        attempts=AttemptStore(database),
        keys=Keys.from_platform(database, settings),
        addresses=Addresses.from_platform(database, settings),
    )
