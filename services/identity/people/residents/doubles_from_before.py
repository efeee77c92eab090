"""Entries of 0.1.0 that seem to be one person's: there eighteen digits on two kinds of paper were two people's.

The numbers are kept nowhere, and their hashes differ by the kind of paper. What is left to compare is what an official would: the
same shown digits, check digit included, and the same name. Nothing changes but that the county is shown the two.
"""

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.identity.people.papers import ID_CARD
from services.identity.people.residents.doubles import STANDING
from services.identity.people.residents.store import ResidentStore

ALSO_ON_ID_CARDS = ["residence_permit", "foreign_permanent_resident_card"]
"""Papers whose number 0.1.0 took as an ID card's as well."""

NOT_COMPARED = {"paper": {"$in": ALSO_ON_ID_CARDS}, "double_of": {"$exists": False}}


def compared(source: Collection, rows: list[dict]) -> None:
    """Note in each of these entries which other one seems to be the same person's, or that there is none."""
    residents = ResidentStore(source.database)
    shown = {"masked_id_number": {"$in": [row["masked_id_number"] for row in rows]}}
    others: dict[tuple[str, str], str] = {}
    for found in source.find({**shown, "paper": ID_CARD}, {"outbox": 0, "requests": 0}):
        others.setdefault((found["masked_id_number"], residents.from_document(found).name), found["_id"])
    noted = []
    for row in rows:
        other = others.get((row["masked_id_number"], residents.from_document(row).name))
        change = {"double_of": other, "doubled": other is not None and row["state"] in STANDING}
        where = {"_id": row["_id"], "double_of": {"$exists": False}}
        noted.append(UpdateOne(where, {"$set": change, "$inc": {"version": 1}}))
    source.bulk_write(noted, ordered=False)
