"""What is done with rotas; `may_act(region)` tells whether the actor administers the office, `most` how long a duty may last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.chassis.core.errors import NotFound
from services.identity.officials.duties.model import (
    Rota,
    only_a_town_or_a_village_has_a_rota,
    only_the_offices_own_people_are_on_duty,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.officials.duties.ports import Divisions, MayAct, OfficialOnDuty, Officials
    from services.identity.officials.duties.store import RotaStore


def set_rota(
    rotas: RotaStore, officials: Officials, divisions: Divisions, may_act: MayAct, most: int, call: Call
) -> Rota:
    """Set an office's week and hours; raises NotFound outside the actor's region, Rejected by a rule."""
    asked, region = call.data, call.data["region"]
    only_a_town_or_a_village_has_a_rota(region)
    _the_office_is_the_actors(may_act, region)
    office = divisions.get(region)
    week = _on_duty(officials, region, asked["week"])
    terms = (week, asked["phone"], asked["quiet_hours"], asked["rests_on_days_off"])
    rota, today = rotas.find(region, call), _today(call)
    if rota:
        rotas.save(rota, rota.set(*terms, today, most), call)
        return rota
    rota = Rota(region, region, *terms, edition=office.edition)
    rotas.add(rota, rota.set(*terms, today, most), call)
    return rota


def change(rotas: RotaStore, officials: Officials, may_act: MayAct, most: int, call: Call) -> Rota:
    """Put somebody else on duty on one day; raises NotFound outside the actor's region, Rejected by a rule."""
    asked, region = call.data, call.data["region"]
    _the_office_is_the_actors(may_act, region)
    rota = rotas.get_to_edit(region, call)
    (who,) = _on_duty(officials, region, [asked["official_id"]])
    rotas.save(rota, rota.change(asked["day"], who, _today(call), most), call)
    return rota


def _the_office_is_the_actors(may_act: MayAct, region: str) -> None:
    if not may_act(region):
        raise NotFound("rota.not_yours", "没有找到该单位的值班表，请核对区划代码。")


def _on_duty(officials: Officials, region: str, named: list[str | None]) -> list[str | None]:
    """The ids of those who are named by id or login; raises Rejected where one is not of this office."""
    found = {one: _found(officials, one) for one in dict.fromkeys(named) if one}
    only_the_offices_own_people_are_on_duty(region, found.values())
    ids = {one: official.id for one, official in found.items() if official}
    return [one and ids[one] for one in named]


def _found(officials: Officials, named: str) -> OfficialOnDuty | None:
    """An administrator knows colleagues by their logins, a program by their ids."""
    return officials.find(named) or officials.find_by_login(named.lower())


def _today(call: Call) -> date:
    return day_of(call.now)
