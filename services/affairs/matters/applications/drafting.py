"""What is done with drafts: kept after each screen, found again on another device, given up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from services.affairs.matters.applications.draft_model import ApplicationDraft, id_of, standing_of
from services.affairs.matters.applications.usecases import may_apply_for, where_and_what
from services.chassis.core.errors import AlreadyAnswered, DomainError
from services.chassis.storage.paging import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.affairs.matters.applications.draft_store import ApplicationDraftStore
    from services.affairs.matters.applications.ports import Matters
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.civic.ports import MustNotLeave, People


def save(
    drafts: ApplicationDraftStore,
    applications: ApplicationStore,
    people: People,
    moves: CodeCrosswalk,
    matters: Matters,
    must_not_leave: MustNotLeave,
    call: Call,
) -> ApplicationDraft:
    """Keep what was filled in; raises what applying for the matter would, so that nobody fills in what they cannot send.

    The version of the matter stays the one with which the draft began. A draft of who is being erased is deleted again, and one beside an
    open application for the matter, as a second tab would leave it: it is asked once the draft is written, so that of the two at once none stays.
    """
    asked, person = call.data, call.actor.subject
    region, edition, matter = where_and_what(people, moves, matters, asked["matter_id"], call.actor)
    may_apply_for(matter, call.actor)
    found = drafts.of(person, matter.id, call.now, {})
    draft = found or ApplicationDraft(
        id=id_of(person, matter.id),
        region=region,
        edition=edition,
        applicant_id=person,
        matter_id=matter.id,
        matter_kind=matter.kind,
        matter_name=matter.name,
        matter_number=matter.number,
        saved_at=call.now,
        ends_at=call.now,
    )
    pages = matters.pages_of(matter.form, asked["answers"])
    draft.fill_in(asked, pages, call.actor.acted_by, call.now)
    draft.standing = standing_of(draft.matter_number, (matter.number, matter.state))
    if found:
        drafts.save(draft, [], call)
    else:
        drafts.discard(person, matter.id)  # one whose time is over, and that is still there
        drafts.add(draft, [], call)
    try:
        must_not_leave(person)
        applications.only_one_is_open(person, matter.id)
    except DomainError:
        drafts.discard(person, matter.id)
        raise
    return draft


@contextmanager
def ended_when_sent(drafts: ApplicationDraftStore, call: Call) -> Iterator[None]:
    """Delete the draft of what is sent in it, also where the same was sent before and only its answer got lost.

    Most matters have no form, of them nobody keeps a draft, and nothing is asked.
    """
    drafted = bool(call.data["answers"])
    try:
        yield
    except AlreadyAnswered:
        if drafted:
            drafts.discard(call.actor.subject, call.data["matter_id"])
        raise
    if drafted:
        drafts.discard(call.actor.subject, call.data["matter_id"])


def one(drafts: ApplicationDraftStore, matters: Matters, call: Call) -> ApplicationDraft:
    """Find the own draft for a matter; raises NotFound."""
    draft = drafts.of(call.actor.subject, call.data["matter_id"], call.now, within_the_mandate(call.actor))
    if draft is None:
        raise drafts.not_found()
    return _standing(matters, [draft])[0]


def own(drafts: ApplicationDraftStore, matters: Matters, call: Call) -> dict:
    """A page of the own drafts, the one last worked on first."""
    where = {"applicant_id": call.actor.subject, **within_the_mandate(call.actor)}
    found = page(drafts.documents, where, call.data, ("saved_at", -1), drafts.from_document)
    _standing(matters, found["items"])
    return found


def discard(drafts: ApplicationDraftStore, call: Call) -> dict:
    """Give a draft up; where there is none it is done as well."""
    matter_id = call.data["matter_id"]
    if drafts.of(call.actor.subject, matter_id, call.now, within_the_mandate(call.actor)):
        drafts.discard(call.actor.subject, matter_id)
    return {"matter_id": matter_id}


def within_the_mandate(actor: CivicActor) -> dict:
    """A helper sees drafts of the kinds of matters for which the mandate is."""
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    return {"matter_kind": {"$in": list(kinds)}} if kinds else {}


def _standing(matters: Matters, drafts: list[ApplicationDraft]) -> list[ApplicationDraft]:
    in_force = matters.in_force([draft.matter_id for draft in drafts]) if drafts else {}
    for draft in drafts:
        draft.standing = standing_of(draft.matter_number, in_force.get(draft.matter_id))
    return drafts
