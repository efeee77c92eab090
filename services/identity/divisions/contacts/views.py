"""What can be read of contacts: everybody reads one, and people those of their own village and town; each under the office's name."""

from services.civic.calls import Call
from services.identity.divisions.contacts.model import Contact
from services.identity.divisions.contacts.ports import Divisions
from services.identity.divisions.contacts.store import ContactStore


def one(contacts: ContactStore, divisions: Divisions, call: Call) -> dict:
    """The contact of one office; raises NotFound where nobody told it."""
    return named(contacts.get(call.data["region"]), divisions)


def own(contacts: ContactStore, divisions: Divisions, offices: list[str]) -> dict:
    """The contacts of these offices."""
    return {"items": [named(one, divisions) for one in contacts.of(offices)]}


def named(contact: Contact, divisions: Divisions) -> dict:
    """A contact with what its village or town is called."""
    return {**vars(contact), "name": divisions.get(contact.region).short_name}
