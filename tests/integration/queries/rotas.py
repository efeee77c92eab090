"""A rota and a contact for the office of every village in which somebody lives."""

from datetime import UTC, datetime

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.divisions.contacts.model import Contact
from services.identity.divisions.contacts.store import ContactStore
from services.identity.officials.duties.model import Rota
from services.identity.officials.duties.store import RotaStore


def make_rotas(database) -> None:
    """Write them; nobody is on duty."""
    rotas, contacts = RotaStore(database), ContactStore(database)
    for region in database.residents.distinct("region"):
        rota = Rota(region, region, [None] * 7, "028-88790000", "20:00-08:00", True)
        rotas.add(rota, [], Call({}, SYSTEM))
        told = Contact(region, region, "028-88790000", "3 组", None, datetime(2026, 1, 1, tzinfo=UTC))
        contacts.add(told, [], Call({}, SYSTEM))
