"""Applications of 0.1.0 come to the desk: nobody has them in hand, and they are found by their day and by the applicant's name."""

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.affairs.matters.applications.store import ApplicationStore

NOT_ON_THE_DESK = {"claimed_by": {"$exists": False}}


def brought(source: Collection, rows: list[dict]) -> None:
    """Write into each what the desk finds it by, unless it was written meanwhile.

    What a process of the version before changes afterwards keeps the day of the step before until its next step.
    """
    applications = ApplicationStore(source.database)
    changes = []
    for row in rows:
        one = applications.from_document(row)
        found_by = {
            "claimed_by": "",
            "handed_by": "",
            "act_by": one.ends(),
            "name_hash": "" if one.erased else applications.name_hash(one.applicant_name),
        }
        changes.append(UpdateOne({"_id": row["_id"], "version": row["version"]}, {"$set": found_by}))
    source.bulk_write(changes, ordered=False)
