"""How a person is reached: what they have chosen, and the messages that follow from it, for the notices."""

from pymongo.database import Database

from services.chassis.events.event import Envelope
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.notices.messages.texting import Texting
from services.identity.notices.preferences.model import is_warning, kind_of, rests_on_consent
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.privacy.consents.asking import Consenting


class Channels:
    """Joins preferences, consents and messages."""

    def __init__(self, preferences: PreferenceStore, texting: Texting, consenting: Consenting):
        self.preferences, self.texting, self.consenting = preferences, texting, consenting

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Channels":
        """Make it from the settings."""
        return cls(PreferenceStore(database), Texting.from_platform(database, settings), Consenting(database))

    def channel(self, person: str, about: str, for_office: bool = False) -> str:
        """Where this person wants notices about an event: none, inbox or sms; a withdrawn consent ends messages at once.

        A warning comes to the phone whatever is chosen: whoever is in the account may choose.
        """
        if is_warning(about):
            return "sms"
        kind = kind_of(about, for_office)
        wanted = self.preferences.of(person).channel(kind)
        if wanted == "sms" and rests_on_consent(kind) and not self.consenting.to_market_sms(person):
            return "inbox"
        return wanted

    def wants_digest(self, official: str) -> bool:
        """Tell whether an official wants the morning's notice."""
        return self.preferences.of(official).channel("digest") != "none"

    def text(self, person: str, event: Envelope, call: Call) -> None:
        """Have an SMS sent about an event, if there is a text for it."""
        self.texting.tell(person, kind_of(event.name), event, call, warns=is_warning(event.name))
