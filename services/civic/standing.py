"""How a resident stands in a service's own copies: what decides whether something may begin, asked in one question.

Certified, on the way out, and what has become of the village are three collections; asked one after the other they were three of the
six questions of an application. What it is begun for (`Beside`) is read in the same question: read fresh each time, it need not be kept in the
process, where an event that is lost or late, or a second replica, would leave it stale.
"""

from dataclasses import dataclass

from pymongo.database import Database

from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.privacy.account_closure import LEAVING, AccountClosureStore


@dataclass(frozen=True)
class Standing:
    """Whether the village vouches and whether an erasure has begun; `region` is the village as it is now, in `edition`.

    `beside` is the document that was asked for with it, None where there is none.
    """

    certified: bool = False
    leaving: bool = False
    region: str = ""
    edition: str = ""
    beside: dict | None = None


@dataclass(frozen=True)
class Beside:
    """Another document that is read in the same question: `id` in a collection of the service, but not all its fields."""

    collection: str
    id: str
    but: tuple[str, ...]


NOBODY = Standing()
"""Of whom nothing was heard yet."""


def standing_of(database: Database, people: str, id: str, beside: Beside | None = None) -> Standing:
    """Ask how a resident stands; `people` is the collection of the service's copies of the residents."""
    also = [_beside(beside)] if beside else []
    found = next(database[people].aggregate(_pipeline(id) + also), None)
    if found is None:
        return NOBODY
    here = found["region"], found.get("edition", "")
    if found["moved"]:
        here = CodeCrosswalk(database).now(*here)
    return Standing(
        found["certified"], bool(found["leaving"]), *here, next(iter(found.get("beside", ())), None)
    )


def _beside(one: Beside) -> dict:
    read = [{"$match": {"_id": one.id}}, {"$project": dict.fromkeys(one.but, 0)}]
    return {"$lookup": {"from": one.collection, "pipeline": read, "as": "beside"}}


def _pipeline(id: str) -> list[dict]:
    on_the_way_out = [{"$match": {"state": {"$in": list(LEAVING)}}}, {"$project": {"_id": 1}}]
    since = [
        {"$match": {"$expr": {"$gte": ["$earlier", "$$edition"]}}},
        {"$limit": 1},
        {"$project": {"_id": 1}},
    ]
    return [
        {"$match": {"_id": id}},
        {
            "$lookup": {
                "from": AccountClosureStore.collection,
                "localField": "_id",
                "foreignField": "_id",
                "pipeline": on_the_way_out,
                "as": "leaving",
            }
        },
        {
            "$lookup": {
                "from": CodeCrosswalk.collection,
                "localField": "region",
                "foreignField": "code",
                "let": {"edition": "$edition"},
                "pipeline": since,
                "as": "moved",
            }
        },
    ]
