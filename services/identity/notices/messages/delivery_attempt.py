"""One message's turn: it is sent, left for later or given up; or its receipt did not come, and the provider is asked."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.circuit_breaker import CircuitBreaker
from services.chassis.core.errors import VersionConflict
from services.chassis.http import outcomes
from services.civic.actor import SYSTEM
from services.civic.quiet_hours import QuietHours
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.ports import InvitationLinks
from services.identity.notices.messages.provider import SmsProvider
from services.identity.notices.messages.rules import who_is_asked_next
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.templates import Templates, shipped_templates

log = logging.getLogger("services.identity.notices.messages")


@dataclass
class SmsParts:
    """What every turn works with; clock and chance are arguments, so that a night passes without waiting."""

    messages: MessageStore
    providers: dict[str, SmsProvider]
    phone_of: Callable[[str], str | None]
    code_of: Callable[[str], str]
    quiet: QuietHours
    may_send: Callable[[TextMessage], bool] = lambda message: True
    phone_at: Callable[[str, datetime], str | None] | None = None
    invited: InvitationLinks | None = None
    phone_of_code: Callable[[str], str | None] = lambda code_id: None
    templates: Templates = field(default_factory=shipped_templates)
    clock: Callable[[], datetime] = utc_now
    chance: Callable[[], float] = random.random
    breakers: dict[str, CircuitBreaker] = field(init=False)

    def __post_init__(self):
        self.breakers = {name: CircuitBreaker() for name in self.providers}

    @property
    def somebody_is_up(self) -> bool:
        """Tell whether any provider may be asked now: one look for all messages, which stay as they are until then."""
        return any(one.lets for one in self.breakers.values())


MEASURED_AS = {"first": "sms", "second": "sms_fallback"}
"""The providers by name, as /metrics calls them."""


class SmsAttempt:
    """Attends to one message; whoever was faster (a receipt, another sender) wins."""

    def __init__(self, parts: SmsParts, message_id: str):
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

    def _send_or_wait(self, message: TextMessage, now: datetime) -> None:
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

    # nothing is written where nobody could be asked: it stays due, and the round looks at it when somebody is up again
    def _send(self, message: TextMessage, phone: str, text: str) -> None:
        tried: set[str] = set()
        while True:
            up = [name for name, one in self.parts.breakers.items() if one.lets and name not in tried]
            name = who_is_asked_next(message, up)
            if name is None or not self.parts.breakers[name].begin():
                return self._leave(message) if tried else None
            message.begin(name, self.parts.clock())
            self._save(message)
            failure = self.parts.providers[name].send(message.id, phone, text)
            answered = failure is None or failure.is_final
            outcomes.count(MEASURED_AS[name], answered)
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

    def _leave(self, message: TextMessage) -> None:
        message.postpone(self.parts.clock(), self.parts.chance())
        self._save(message)

    def _ask_what_became_of(self, message: TextMessage, now: datetime) -> None:
        """No receipt came in time: believe the provider's answer for a while, or let the other one send it."""
        provider = self.parts.providers.get(message.provider or "")
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

    def _phone(self, message: TextMessage) -> str | None:
        """An invited person and a visitor have no entry: the invitation and the code know where they go. A code of anybody goes to the phone that
        asked for it; the codes of a version that did not note it go to their person's.
        """
        if message.kind == "invitation":
            return self.parts.invited.phone_of(message.subject) if self.parts.invited else None
        if message.kind == "code" and (phone := self.parts.phone_of_code(message.subject)):
            return phone
        if message.warns and self.parts.phone_at:
            return self.parts.phone_at(message.person, message.created_at)
        return self.parts.phone_of(message.person) if message.person else None

    def _text(self, message: TextMessage) -> str:
        values = {}
        if message.kind == "code":
            values["code"] = self.parts.code_of(message.subject)
        if message.kind == "invitation" and self.parts.invited:
            values["link"] = self.parts.invited.link_of(message.subject)
        return self.parts.templates.text(message.template, message.template_version, **values)

    def _settled(self, message: TextMessage, settle: Callable, why: str) -> None:
        settle(why, self.parts.clock())
        self._save(message)
        log.warning("a message is not sent", extra={"message_id": message.id, "why": why})

    def _save(self, message: TextMessage) -> None:
        self.parts.messages.save(message, [], Call({}, SYSTEM, now=self.parts.clock()))
