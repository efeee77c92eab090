"""A mandate that was given on paper, from being recorded to being over: its photos are kept first, and erased last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected
from services.civic.files import holding
from services.identity.people.mandates import model, usecases
from services.identity.people.mandates.paper_photos import kept_with

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.identity.people.mandates.limits import MandateLimits
    from services.identity.people.mandates.model import Mandate
    from services.identity.people.mandates.ports import Residents
    from services.identity.people.mandates.store import MandateStore, Papers


def record(
    mandates: MandateStore,
    files: ReceivedFiles,
    residents: Residents,
    limits: MandateLimits,
    scope: dict,
    call: Call,
) -> Mandate:
    """The village records a paper; raises NotFound for a ward outside the official's scope, Rejected by a rule.

    Its photo may come with it, or later (`paper_photos.py`).
    The helper is asked as in any other case: nobody becomes one without wanting to.
    """
    asked = call.data
    ward = residents.get(asked["ward_id"], scope=scope)
    model.only_certified_residents_witness(usecases.find(residents, asked["witness_id"]))
    mandate = usecases.new_mandate(ward, residents, call)
    mandate.origin, mandate.recorded_by, mandate.witness_id = "paper", call.actor.id, asked["witness_id"]
    mandate.photos, events = [], mandate.offer(limits)
    kept = kept_with(mandate, asked["photo"], files, call)
    try:
        mandates.add(mandate, events, call)
        usecases.look_again(mandates, residents, mandate, call)
    except (Conflict, Rejected):
        for id in kept:
            files.erase(id)
        raise
    for id in kept:
        files.settle(id)
    return mandate


def forget(mandates: MandateStore, papers: Papers, files: ReceivedFiles, call: Call) -> None:
    """Erase the photos of a mandate that is over: what they were for is done. A repeat goes on with what is left."""
    mandate = mandates.get(call.data["mandate_id"])
    papers.drop(mandate.id)
    if ids := mandate.forget_photos():
        with holding.given_up(files, ids, call):
            mandates.save(mandate, [], call.without_key())


def erase_all_of(mandates: MandateStore, papers: Papers, files: ReceivedFiles, call: Call) -> None:
    """End the mandates of somebody who was erased and forget words and photos; who did what for whom stays, as ids.

    A repeat goes on with those that are left.
    """
    person, call = call.data["resident_id"], call.without_key()
    while ids := mandates.not_erased_of(person):
        for id in ids:
            papers.drop(id)
            mandate = mandates.get(id)
            mandates.forget_answers({"_id": id})
            with holding.given_up(files, mandate.forget_photos(), call):
                mandates.save(mandate, mandate.erase(person, call.now), call)
