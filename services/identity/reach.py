"""How a person is reached: what they have chosen, and the messages that follow from it, for the notices."""

from services.chassis.settings import Settings
from services.identity.messages.texting import Texting
from services.identity.preferences.model import kind_of
from services.identity.preferences.store import PreferenceStore


class Reach:
    """Joins preferences and messages."""

    def __init__(self, preferences: PreferenceStore, texting: Texting):
        self.preferences, self.texting = preferences, texting

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "Reach":
        """Make it from the settings."""
        return cls(PreferenceStore(database), Texting.from_platform(database, settings))

    def channel(self, person: str, about: str, for_office: bool = False) -> str:
        """Give where this person wants notices about an event: none, inbox or sms."""
        return self.preferences.of(person).channel(kind_of(about, for_office))

    def wants_digest(self, official: str) -> bool:
        """Tell whether an official wants the morning's notice."""
        return self.preferences.of(official).channel("digest") != "none"

    def text(self, person: str, event, call) -> None:
        """Have an SMS sent about an event, if there is a text for it."""
        self.texting.tell(person, kind_of(event.name), event, call)
