"""Photos of the paper on which a mandate was given: handed in by the village, seen by the two and by the officials of the ward's region.

A mandate names its photos; in which order that is written down says `services.civic.files.holding`. They are the ward's files.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from services.chassis.core.scope import scope_filter
from services.civic.files import holding, views
from services.civic.files.model import LARGE
from services.civic.files.receiving import FilePurpose
from services.civic.photos import upright
from services.identity.people.mandates import contract
from services.identity.people.mandates import photo_rules as rules
from services.identity.people.mandates.photos import the_photo_shows_a_paper
from services.identity.people.mandates.views import parties_and_officials

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.identity.people.mandates.model import Mandate
    from services.identity.people.mandates.ports import NoteLook
    from services.identity.people.mandates.store import MandateStore, Papers

PURPOSE = "mandate_photo"


def begin(mandates: MandateStore, files: ReceivedFiles, call: Call) -> dict:
    """Begin to receive a photo; raises NotFound outside the official's scope, Conflict or Rejected where the mandate takes none."""
    mandate = mandates.get(call.data["mandate_id"], scope=_village(call))
    return holding.begun(files, _of(mandate), mandate.takes_a_photo, call)


def put(mandates: MandateStore, files: ReceivedFiles, call: Call) -> dict:
    """Take one piece."""
    return holding.piece_taken(files, _of(mandates.get(call.data["mandate_id"], scope=_village(call))), call)


def add(mandates: MandateStore, files: ReceivedFiles, call: Call) -> Mandate:
    """Add a photo of which all pieces are there; raises Rejected for what is no photo, or one too many, Conflict where it has ended meanwhile."""
    mandate = mandates.get(call.data["mandate_id"], call, _village(call))
    mandate.takes_a_photo()
    with holding.held(files, _of(mandate), call) as file:
        events = mandate.add_photo(file.id, call.actor.id, holding.measures_of(file), call.now)
        mandates.save(mandate, events, call)
    return mandate


def remove(mandates: MandateStore, files: ReceivedFiles, call: Call) -> Mandate:
    """Take a photo away and erase it; raises NotFound for one that is not there, Conflict or Rejected where it stays."""
    asked = call.data
    mandate = mandates.get(asked["mandate_id"], call, _village(call))
    events = mandate.remove_photo(asked["photo_id"], call.actor.id, asked["reason"], call.now)
    with holding.given_up(files, [asked["photo_id"]], call):
        mandates.save(mandate, events, call)
    return mandate


def one(mandates: MandateStore, files: ReceivedFiles, note_look: NoteLook, call: Call) -> dict:
    """Give a photo to whoever may see the mandate; an official's look is noted first. Raises NotFound to everybody else."""
    scope = parties_and_officials(call.actor, *contract.OFFICIALS)
    mandate = mandates.get(call.data["mandate_id"], scope=scope)
    mandate.photo(call.data["photo_id"])
    content = views.content(files, call.data["photo_id"], call.data["variant"])
    _note_look_of_official(mandate, note_look, call)
    return content


def as_text(
    mandates: MandateStore, papers: Papers, files: ReceivedFiles, note_look: NoteLook, call: Call
) -> dict:
    """Give the first photo as text, for programs that know one only, to whoever may see the mandate; an official's look is noted first."""
    mandate = mandates.get(
        call.data["mandate_id"], scope=parties_and_officials(call.actor, *contract.OFFICIALS)
    )
    photo = _first(mandate, papers, files)
    _note_look_of_official(mandate, note_look, call)
    return {"mandate_id": mandate.id, "type": "image/jpeg", "photo": base64.b64encode(photo).decode()}


def _first(mandate: Mandate, papers: Papers, files: ReceivedFiles) -> bytes:
    if shown := mandate.shown_photos:
        return files.whole(shown[0]["id"], LARGE)
    rules.a_paper_was_photographed(mandate.photos_missing)
    found = papers.get(mandate.id)
    return found["photo"] if found.get("upright") else upright(found["photo"])


def _note_look_of_official(mandate: Mandate, note_look: NoteLook, call: Call) -> None:
    """Note that an official sees the paper: it tells of both."""
    if call.actor.kind == "official":
        note_look((mandate.ward_id, mandate.helper_id), mandate.region, call)


def kept_with(mandate: Mandate, text: str, files: ReceivedFiles, call: Call) -> list[str]:
    """Keep the photo, if any, that came as text in the request by which the mandate is recorded, and let the mandate name it; gives its id."""
    if not text:
        return []
    file = files.keep(_of(mandate), the_photo_shows_a_paper(text), call)
    mandate.add_photo(file.id, call.actor.id, holding.measures_of(file), call.now)
    return [file.id]


def _village(call: Call) -> dict:
    return scope_filter(call.actor, *contract.VILLAGE)


def _of(mandate: Mandate) -> FilePurpose:
    return FilePurpose(PURPOSE, mandate.id, mandate.ward_id, mandate.region)
