"""How other capabilities have a message sent; where no provider is set, nothing is written at all."""

from datetime import datetime, timedelta

from pymongo.database import Database

from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.notices.messages import usecases
from services.identity.notices.messages.ports import InvitationToSend, SmsOrder
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.templates import shipped_templates


class Texting:
    """Asks for messages; `is_on` tells whether anybody sends them."""

    def __init__(self, messages: MessageStore, is_on: bool, window: timedelta):
        self.messages, self.is_on = messages, is_on
        self._window, self._templates = window, shipped_templates()

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Texting":
        """Make it from the settings."""
        return cls(MessageStore(database), bool(settings.sms_url), timedelta(seconds=settings.sms_window))

    def tell(self, orders: list[SmsOrder]) -> None:
        """Have people told of events that have a template for them."""
        if self.is_on:
            usecases.tell_all(self.messages, self._templates, self._window, orders)

    def send_invitation(self, invitation: InvitationToSend, call: Call) -> None:
        """Have the newest link of an invitation sent to the phone in it."""
        if self.is_on:
            usecases.send_invitation(self.messages, self._templates, invitation, call)

    def send_code(self, code_id: str, person: str, region: str, until: datetime, call: Call) -> None:
        """Have a sign-in code sent; `person` is empty where nobody has the phone."""
        usecases.send_code(self.messages, self._templates, code_id, person, region, until, call)
