"""Party units with members, enough of them that an index is worth its while."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import write_call
from services.civic.actor import ANONYMOUS
from services.identity.people.party.model import PartyMember, Unit
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore

NOW = datetime.now(UTC).replace(microsecond=0)
MEMBERS = 30


def make_party(database) -> None:
    """Give every village a unit, and some villages members who were contacted long ago, lately or never."""
    units, members = PartyUnitStore(database), PartyMemberStore(database)
    for one in (units, members):
        one.create_indexes()
    for row in database["regions"].find({"edition": "2019", "region": {"$regex": "^.{12}$"}}, {"region": 1}):
        village = row["region"]
        id = f"unit-{village}"
        units.add(Unit(id, village, "第一党支部", NOW), [], _call(id))
        # not the first by number: those stay free to be entered
        found = database["residents"].find({"region": village, "state": "certified"}, {"_id": 1})
        for number, resident in enumerate(found.sort("_id", -1).limit(MEMBERS)):
            members.add(_member(resident["_id"], village, id, number), [], _call(resident["_id"]))


def _member(id: str, region: str, unit: str, number: int) -> PartyMember:
    at = NOW - timedelta(days=5 * number)
    member = PartyMember(id, region, unit, "official-1", NOW - timedelta(days=400))
    if number % 3:
        member.contact("visit", at, "official-1", NOW)
    return member


def _call(key: str):
    return write_call("seed", {}, ANONYMOUS, key)
