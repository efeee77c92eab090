"""What can be read of rotas: the offices' own administrators see all, their people and officials who is on duty now."""

from services.chassis.core.scope import scope_filter
from services.civic.calls import Call
from services.identity.officials.duties.contract import ADMINISTRATORS
from services.identity.officials.duties.hours import OfficeHours
from services.identity.officials.duties.model import Rota
from services.identity.officials.duties.ports import IsWorking, Officials, StandInOf
from services.identity.officials.duties.store import RotaStore


def one(rotas: RotaStore, call: Call) -> Rota:
    """The rota of one office in the caller's regions."""
    return rotas.get(call.data["region"], scope=scope_filter(call.actor, *ADMINISTRATORS))


def on_duty_now(
    rotas: RotaStore,
    officials: Officials,
    stand_in_of: StandInOf,
    is_working: IsWorking,
    offices: list[str],
    call: Call,
) -> dict:
    """Who is on duty now in these offices, by the name that they serve under; for who is away the stand-in."""

    def shown(rota: Rota) -> dict:
        hours = OfficeHours.of(rota, is_working)
        id = rota.of_day(hours.duty_day(call.now))
        official = officials.find(stand_in_of(id, call.now)) if id else None
        name = official.name if official and official.active else None
        until = hours.rests_until(call.now)
        return {"region": rota.region, "name": name, "phone": rota.phone, "rests_until": until}

    return {"items": [shown(rota) for rota in rotas.of(offices)]}
