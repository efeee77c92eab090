"""A rota for the office of every village in which somebody lives."""

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.officials.duties.model import Rota
from services.identity.officials.duties.store import RotaStore


def make_rotas(database) -> None:
    """Write them; nobody is on duty."""
    rotas = RotaStore(database)
    for region in database.residents.distinct("region"):
        rota = Rota(region, region, [None] * 7, "028-88790000", "20:00-08:00", True)
        rotas.add(rota, [], Call({}, SYSTEM))
