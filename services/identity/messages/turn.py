"""One message's turn: it is sent, left for later or given up; or its receipt did not come, and the provider is asked."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.actor import SYSTEM
from services.chassis.breaker import Breaker
from services.chassis.calls import Call, utc_now
from services.chassis.errors import NotFound, VersionConflict
from services.chassis.settings import Settings
from services.identity.codes.store import CodeStore
from services.identity.consents.asking import Consenting
from services.identity.invited import Invited
from services.identity.keys import Keys
from services.identity.messages.model import Message
from services.identity.messages.provider import Provider, providers_of
from services.identity.messages.rules import QuietHours, who_is_asked_next
from services.identity.messages.store import MessageStore
from services.identity.messages.templates import Templates, shipped_templates
from services.identity.preferences.model import rests_on_consent
from services.identity.residents.store import ResidentStore
from services.identity.visits import usecases as visits
from services.identity.visits.store import VisitorStore

log = logging.getLogger("services.identity.messages")


@dataclass
class Parts:
    """What every turn works with; clock and chance are arguments, so that a night passes without waiting."""

    messages: MessageStore
    providers: dict[str, Provider]
    phone_of: Callable[[str], str | None]
    code_of: Callable[[str], str]
    quiet: QuietHours
    may_send: Callable[[Message], bool] = lambda message: True
    invited: Invited | None = None
    phone_of_code: Callable[[str], str | None] = lambda code_id: None
    templates: Templates = field(default_factory=shipped_templates)
    clock: Callable[[], datetime] = utc_now
    chance: Callable[[], float] = random.random
    breakers: dict[str, Breaker] = field(init=False)

    def __post_init__(self):
        self.breakers = {name: Breaker() for name in self.providers}

    @classmethod
    def of(cls, database, settings: Settings) -> "Parts":
        """Make them from the settings."""
        residents, keys = ResidentStore(database), Keys.from_platform(database, settings)
        visitors, codes = VisitorStore(database), CodeStore(database)

        def phone_of(person: str) -> str | None:
            try:
                found = residents.get(person)
            except NotFound:
                return visits.phone_of(visitors, residents, person)
            return found.phone if found.is_living else None

        quiet = QuietHours.read(settings.sms_quiet_hours)
        consenting = Consenting(database)

        def may_send(message: Message) -> bool:
            optional = message.person and message.kind != "code" and rests_on_consent(message.kind)
            return not optional or consenting.to_market_sms(message.person)

        messages, invited = MessageStore(database), Invited.from_platform(database, settings)
        parts = (phone_of, keys.of_code, quiet, may_send, invited, codes.phone_of)
        return cls(messages, providers_of(settings), *parts)


class Turn:
    """Attends to one message; whoever was faster (a receipt, another sender) wins."""

    def __init__(self, parts: Parts, message_id: str):
        self.parts, self.id = parts, message_id

    def take(self) -> None:
        """Do what is due for it, if anything still is."""
        message, now = self.parts.messages.get(self.id), self.parts.clock()
        if message.next_at is None or message.next_at > now:
            return
        try:
            if message.state == "sent":
                self._ask_what_became_of(message, now)
            elif now >= message.expires_at:
                self._settled(message, message.give_up, "expired")
            else:
                self._send_or_wait(message, now)
        except VersionConflict:
            log.debug("somebody was faster", extra={"message_id": self.id})

    def _send_or_wait(self, message: Message, now: datetime) -> None:
        quiet_until = None if message.urgent else self.parts.quiet.end_of(now)
        if quiet_until:
            message.wait_until(quiet_until)
            return self._save(message)
        if not self.parts.may_send(message):
            return self._settled(message, message.give_up, "consent_withdrawn")
        phone = self._phone(message)
        if not phone:
            return self._settled(message, message.give_up, "no_phone")
        self._send(message, phone, self._text(message))

    def _send(self, message: Message, phone: str, text: str) -> None:
        tried: set[str] = set()
        while True:
            up = [name for name, one in self.parts.breakers.items() if one.lets and name not in tried]
            name = who_is_asked_next(message, up)
            if name is None or not self.parts.breakers[name].begin():
                return self._leave(message)
            message.begin(name, self.parts.clock())
            self._save(message)
            failure = self.parts.providers[name].send(message.id, phone, text)
            answered = failure is None or failure.is_final
            (self.parts.breakers[name].succeeded if answered else self.parts.breakers[name].failed)()
            if failure is None:
                message.taken(self.parts.clock())
                return self._save(message)
            tried.add(name)
            message.not_taken(failure.kind, self.parts.clock(), self.parts.chance())
            told = {"message_id": message.id, "provider": name, "failure": failure.kind}
            log.warning("a provider took no message", extra=told)
            if failure.is_final and len(tried) == len(self.parts.providers):
                return self._settled(message, message.fail, failure.kind)
            if failure.may_have_it:
                return self._save(message)

    def _leave(self, message: Message) -> None:
        message.postpone(self.parts.clock(), self.parts.chance())
        self._save(message)

    def _ask_what_became_of(self, message: Message, now: datetime) -> None:
        """No receipt came in time: believe the provider's answer for a while, or let the other one send it."""
        provider = self.parts.providers.get(message.provider)
        outcome = provider.state_of(message.id) if provider else None
        if outcome in ("delivered", "failed"):
            message.receipt(outcome, now)
            return self._save(message)
        if outcome == "accepted" and message.wait_for_receipt(now):
            return self._save(message)
        if set(self.parts.providers) - set(message.asked) and now < message.expires_at:
            message.send_elsewhere(now)
            return self._save(message)
        self._settled(message, message.give_up, "no_receipt")

    def _phone(self, message: Message) -> str | None:
        """An invited person and a visitor have no entry: the invitation and the code know where they go."""
        if message.kind == "invitation":
            return self.parts.invited.phone_of(message.subject)
        if message.kind == "code" and not message.person:
            return self.parts.phone_of_code(message.subject)
        return self.parts.phone_of(message.person)

    def _text(self, message: Message) -> str:
        values = {}
        if message.kind == "code":
            values["code"] = self.parts.code_of(message.subject)
        if message.kind == "invitation":
            values["link"] = self.parts.invited.link_of(message.subject)
        return self.parts.templates.text(message.template, message.template_version, **values)

    def _settled(self, message: Message, settle: Callable, why: str) -> None:
        settle(why, self.parts.clock())
        self._save(message)
        log.warning("a message is not sent", extra={"message_id": message.id, "why": why})

    def _save(self, message: Message) -> None:
        self.parts.messages.save(message, [], Call({}, SYSTEM, now=self.parts.clock()))
