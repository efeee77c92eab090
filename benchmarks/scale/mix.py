"""The operations: each is asked for through HTTP, the same on both platforms."""

import itertools
from collections.abc import Callable, Iterator

from benchmarks.scale.cast import Cast
from deploy.local.story.person import Person
from tests.county.people import name_of, phone_of, registration_of
from tests.county.takes_applications import WHERE

DEEP = 100
"""Pages of 100 rows to a deep page, or half of what there is."""
LOOKED_AT = 20
"""Listings that many look at: as many in both counties, else the smaller one's would all be kept and the larger one's not."""
WORDS = ("高龄津贴", "临时救助", "身份证", "残疾人", "许可")
GOODS = ("猕猴桃", "腊肉", "蜂蜜", "枇杷")

Operation = Callable[[], object]


def reads(cast: Cast) -> dict[str, Operation]:
    """Give the reads by name; each call asks about something else."""
    village, county = cast.officials["village_administrator"], cast.officials["county_administrator"]
    clerk, officer = cast.officials["clerk"], cast.officials["discipline_officer"]
    residents, applications = itertools.cycle(cast.ids["resident"]), itertools.cycle(cast.ids["application"])
    listings, popular = itertools.cycle(cast.ids["listing"]), itertools.cycle(cast.ids["listing"][:LOOKED_AT])
    applicants, buyers = itertools.cycle(cast.applicants), itertools.cycle(cast.buyers)
    sellers, in_state = itertools.cycle(cast.sellers), {"side": "seller", "state": "received"}
    words, goods = itertools.cycle(WORDS), itertools.cycle(GOODS)
    return {
        "one resident, by a county official": lambda: county.get(f"/residents/{next(residents)}"),
        "a village's certification queue": lambda: village.get("/residents"),
        "the county's certification queue": lambda: county.get("/residents"),
        "the county's certified residents, a deep page": _deep(county, "/residents", state="certified"),
        "one application, by a clerk": lambda: clerk.get(f"/applications/{next(applications)}"),
        "own applications": lambda: next(applicants).get("/applications/mine"),
        "a clerk's list, first page": lambda: clerk.get("/applications", state="accepted"),
        "a clerk's list, a deep page": _deep(clerk, "/applications", state="rated"),
        "a village's applications": lambda: village.get("/applications", state="rated"),
        "search of matters": lambda: cast.anybody.get("/matters", text=next(words)),
        "listings on sale, first page": lambda: cast.anybody.get("/listings"),
        "listings on sale, a deep page": _deep(cast.anybody, "/listings"),
        "listings of one village": lambda: cast.anybody.get("/listings", region=cast.village),
        "search of listings": lambda: cast.anybody.get("/listings", text=next(goods)),
        "one listing that many look at": lambda: cast.anybody.get(f"/listings/{next(popular)}"),
        "one listing, past the cache": lambda: cast.impatient.get(f"/listings/{next(listings)}"),
        "orders of one resident": lambda: next(buyers).get("/orders"),
        "orders in one state of one seller": lambda: next(sellers).get("/orders", **in_state),
        "notices of one resident": lambda: next(applicants).get("/notices"),
        "reports that wait": lambda: officer.get("/reports"),
        "villages of a town": lambda: cast.anybody.get("/regions", parent=cast.village[:9]),
        "officials of the county": lambda: county.get("/officials"),
        "a department's first events": lambda: cast.department.get("/events", after=0),
        "a department's events from the middle": lambda: cast.department.get("/events", after=cast.middle),
    }


def writes(cast: Cast) -> dict[str, Operation]:
    """Give the writes by name; each call writes something new."""
    new, waiting = itertools.count(cast.filled.size.people + 1_000_000), _waiting(cast)
    clerk, village = cast.officials["clerk"], cast.officials["village_administrator"]
    buyers, listings = itertools.cycle(cast.buyers), itertools.cycle(cast.ids["listing"])
    applicants = _applicants_and_matters(cast)
    submitted: list[str] = []

    def register() -> None:
        asked = registration_of(next(new), cast.village)
        waiting.append(cast.anybody.post("/residents", asked, expect=201)["id"])

    def apply() -> None:
        person, matter = next(applicants)
        asked = {"matter_id": matter, "name": name_of(1), "phone": phone_of(1), "materials": []}
        submitted.append(person.post("/applications", asked, expect=201)["id"])

    def order() -> None:
        recipient = {"name": name_of(2), "phone": phone_of(2), "address": "成都市测试路 1 号"}
        asked = {"listing_id": next(listings), "quantity": 1, "recipient": recipient}
        status, answer = next(buyers).try_to("POST", "/orders", asked)
        if status != 201 and answer["code"] != "order.own_listing":
            raise RuntimeError(f"an order was refused: {answer}")

    return {
        "register": register,
        "certify": lambda: village.post(f"/residents/{waiting.pop(0)}/certification"),
        "apply": apply,
        "accept": lambda: clerk.post(f"/applications/{submitted.pop()}/acceptance"),
        "order": order,
    }


def _deep(asker: Person, path: str, **where) -> Operation:
    """Walk into the list, and ask for the page there."""
    cursors = [None]
    while len(cursors) <= DEEP:
        cursor = {"cursor": cursors[-1]} if cursors[-1] else {}
        following = asker.get(path, limit=100, **cursor, **where)["next"]
        if not following:
            break
        cursors.append(following)
    middle = cursors[-1] if len(cursors) > DEEP else cursors[len(cursors) // 2]
    return lambda: asker.get(path, **({"cursor": middle} if middle else {}), **where)


def _waiting(cast: Cast) -> list[str]:
    where = {"regions": cast.village, "state": "pending"}
    found = cast.platform.database("identity").residents.find(where, {"_id": 1}).limit(400)
    return [one["_id"] for one in found]


def _applicants_and_matters(cast: Cast) -> Iterator[tuple[Person, str]]:
    """Give each resident with each matter that nobody of the county has applied for yet."""
    used = {matter.id for matter in cast.county.matters}
    found = cast.platform.database("affairs").matters.find(WHERE, {"_id": 1}).sort("name", 1)
    matters = [one["_id"] for one in found.limit(400) if one["_id"] not in used]
    return iter((person, matter) for matter in matters for person in cast.applicants)
