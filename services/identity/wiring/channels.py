"""How a person is reached: what they have chosen, and the messages that follow from it, for the notices."""

from pymongo.database import Database

from services.chassis.events.event import Envelope
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.notices.messages.ports import SmsOrder
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

    def channels(self, told: set[tuple[str, str]], for_office: bool = False) -> dict[tuple[str, str], str]:
        """Where each of these wants notices about its event: none, inbox or sms; a withdrawn consent ends messages at once.

        A warning comes to the phone whatever is chosen: whoever is in the account may choose.
        """
        asked = {person for person, about in told if not is_warning(about)}
        chosen = self.preferences.of_all(asked) if asked else {}

        def channel(person: str, about: str) -> str:
            if is_warning(about):
                return "sms"
            kind = kind_of(about, for_office)
            wanted = chosen[person].channel(kind)
            if wanted == "sms" and rests_on_consent(kind) and not self.consenting.to_market_sms(person):
                return "inbox"
            return wanted

        return {one: channel(*one) for one in told}

    def wants_digest(self, official: str) -> bool:
        """Tell whether an official wants the morning's notice."""
        return self.preferences.of(official).channel("digest") != "none"

    def text(self, told: list[tuple[str, Envelope, Call]]) -> None:
        """Have an SMS sent to each about its event, if there is a text for it."""
        self.texting.tell(
            [
                SmsOrder(person, kind_of(event.name), event, call, warns=is_warning(event.name))
                for person, event, call in told
            ]
        )
