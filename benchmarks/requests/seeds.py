"""The data that is read and written: made with the platform's own stores, then copied for every peer."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import UpdateOne
from pymongo.database import Database

from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.core.scope import path_of
from services.chassis.core.secrets import Passwords
from services.chassis.storage.database import ServiceDatabase
from services.chassis.storage.field_encryption import KEY_VAULT
from services.identity.divisions.regions.source import COUNTY
from services.identity.notices.notifications.model import Notice
from services.identity.notices.notifications.store import NoticeStore
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.market.selling.listings.model import Listing
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.model import Order
from services.market.selling.orders.store import OrderStore
from tests.county.takes_applications import WHERE

PASSWORD = "乡治 bench password"
RESIDENTS = 200
APPLICATIONS = 20
"""For each resident, each for another matter; these matters are not applied for again."""
TOWN = "510183103"
OFFICIAL = "bench-official"
BEGAN = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Seeds:
    """What the requests name: ids of residents, their applications, listings on sale, matters not applied for."""

    residents: list[str]
    phones: list[str]
    applications: list[str]
    listings: list[str]
    matters: list[str]


def sow(databases: dict[str, Database]) -> Seeds:
    """Fill the platform's databases; `databases` by service, with the catalogue and the regions in them."""
    matters = sorted(found["_id"] for found in databases["affairs"]["matters"].find(WHERE, {"_id": 1}))
    here = {"edition": COUNTY["edition"], "parent": TOWN}
    villages = sorted(databases["identity"]["regions"].distinct("region", here))
    residents = list(_residents(villages))
    _enter(databases["identity"], ResidentStore, residents)
    _enter(databases["identity"], OfficialStore, [_official()])
    _enter(databases["identity"], NoticeStore, [n for r in residents for n in _notices(r)])
    people = [{"_id": r.id, "region": r.region, "regions": path_of(r.region)} for r in residents]
    databases["affairs"]["people"].insert_many([{**one, "certified": True, "sequence": 2} for one in people])
    applications = [a for r in residents for a in _applications(r, matters)]
    _enter(databases["affairs"], ApplicationStore, applications)
    listings = [one for r in residents for one in _listings(r)]
    _enter(databases["market"], ListingStore, listings)
    _enter(
        databases["market"], OrderStore, [o for n, r in enumerate(residents) for o in _orders(n, r, listings)]
    )
    return Seeds(
        [r.id for r in residents],
        [r.phone for r in residents],
        [a.id for a in applications[::APPLICATIONS]],
        [one.id for one in listings],
        matters[APPLICATIONS:],
    )


def copy(source: ServiceDatabase, target: Database) -> None:
    """Copy every collection with its indexes into another database, personal data as the other systems keep it: plain."""
    for name in set(source.list_collection_names()) - {KEY_VAULT}:
        source[name].aggregate([{"$out": {"db": target.name, "coll": name}}])
        for index in list(source[name].list_indexes())[1:]:
            options = {k: v for k, v in index.items() if k not in ("v", "key", "ns")}
            target[name].create_index(list(index["key"].items()), **options)
        opened = [
            UpdateOne(
                {"_id": one["_id"]}, {"$set": source.vault.decrypt(one["sealed"]), "$unset": {"sealed": ""}}
            )
            for one in target[name].find({"sealed": {"$ne": None}}, {"sealed": 1})
        ]
        if opened:
            target[name].bulk_write(opened, ordered=False)


def _enter(database: Database, store: type, aggregates: list) -> None:
    made = store(database)
    kept = {"version": 1, "outbox": [], "requests": []}
    made.documents.insert_many([{**made.to_document(one), **kept} for one in aggregates])


def _residents(villages: list[str]) -> Iterator[Resident]:
    password = Passwords().hash(PASSWORD)
    for n in range(RESIDENTS):
        yield Resident(
            id=f"{n:032x}",
            region=villages[n % len(villages)],
            name=random.Random(n).choice("王李张刘陈杨黄周吴徐") + "秀英",
            id_number_hash=f"{n:064x}",
            masked_id_number="5101**********0013",
            phone=f"138{n:08d}",
            password_hash=password,
            registered_at=BEGAN + timedelta(minutes=n),
            state="certified",
            assurance=1,
            decided_by=OFFICIAL,
            decided_at=BEGAN + timedelta(days=1, minutes=n),
        )


def _official() -> Official:
    """The clerk's desk is opened by somebody who is in office: a browser's session is looked up."""
    known = (OFFICIAL, TOWN, OFFICIAL, "李明", "town_administrator", "none", OFFICIAL, BEGAN)
    return Official(*known, password_is_one_time=False)


def _notices(resident: Resident) -> Iterator[Notice]:
    for n in range(8):
        text = "您的申请已受理，打开可查看办结期限。"
        at = BEGAN + timedelta(days=n)
        yield Notice(
            f"{resident.id}n{n}", resident.region, resident.id, "affairs.application.accepted", "x", text, at,
            at if n < 3 else None,
        )  # fmt: skip


def _applications(resident: Resident, matters: list[str]) -> Iterator[Application]:
    for n in range(APPLICATIONS):
        at = BEGAN + timedelta(days=n, seconds=int(resident.id, 16))
        yield Application(
            id=f"{resident.id}a{n}",
            region=resident.region,
            applicant_id=resident.id,
            matter_id=matters[n],
            matter_name="基本养老保险待遇领取资格认证",
            office="邛崃市人力资源和社会保障局",
            promise_days=10,
            required=["居民身份证", "户口簿", "申请表"],
            applicant_name=resident.name,
            applicant_phone=resident.phone,
            materials=[
                {"name": "居民身份证", "note": "原件已核对"},
                {"name": "户口簿", "note": "复印件一份"},
            ],
            submitted_at=at,
            notice_by=at + timedelta(days=7),
            steps=[{"at": at, "by": "applicant", "what": "submitted"}],
            matter_kind="20",
        )


def _listings(resident: Resident) -> Iterator[Listing]:
    for n in range(6):
        at = BEGAN + timedelta(days=n, seconds=int(resident.id, 16))
        yield Listing(
            id=f"{resident.id}l{n}",
            region=resident.region,
            seller_id=resident.id,
            title="金果猕猴桃 当季现摘",
            description="邛崃本地果园，五斤装，每箱约三十个，坏果包赔，下单后两天内发货。" * 2,
            unit="箱",
            price_fen=6800,
            stock=200,
            offered_at=at,
            state="endorsed",
            on_sale_since=at + timedelta(days=1),
            decided_by=OFFICIAL,
            decided_at=at + timedelta(days=1),
        )


def _orders(number: int, buyer: Resident, listings: list[Listing]) -> Iterator[Order]:
    for n in range(6):
        listing = listings[(number + 7) * 6 % len(listings) + n]
        at = BEGAN + timedelta(days=10 + n, seconds=number)
        yield Order(
            id=f"{buyer.id}o{n}",
            region=listing.region,
            listing_id=listing.id,
            seller_id=listing.seller_id,
            buyer_id=buyer.id,
            title=listing.title,
            unit=listing.unit,
            quantity=2,
            price_fen=listing.price_fen,
            amount_fen=2 * listing.price_fen,
            recipient={"name": buyer.name, "phone": buyer.phone, "address": "四川省邛崃市临邛街道 1 号"},
            created_at=at,
            state="received",
            pay_by=at + timedelta(minutes=30),
            paid_at=at + timedelta(minutes=5),
            carrier="邮政快递",
            tracking="YZ0000000001",
            shipped_at=at + timedelta(days=1),
            received_at=at + timedelta(days=3),
        )
