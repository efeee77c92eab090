"""What is done with drafts: load -> decide -> save, the version in force copied before another takes its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.model import the_draft_of
from services.affairs.matters.catalogue.usecases import within_reach
from services.affairs.matters.catalogue.versions import content_from, differences, stored, told
from services.civic.forms.rules import the_form_may_be_published

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.model import Matter
    from services.affairs.matters.catalogue.store import MatterStore
    from services.affairs.matters.catalogue.versions import VersionStore
    from services.civic.calls import Call

ASKING = ("matter_id", "note", "seen_version")


def shown(matter: Matter) -> dict:
    """Give a draft with what it changes and how the matter would be."""
    draft, after = the_draft_of(matter), told(matter.would_be())
    row = {name: getattr(draft, name) for name in ROW}
    named = {"id": matter.id, "name": matter.name, "office": matter.office, "version": matter.version}
    return {**named, **row, "items": differences(told(matter), after), "draft": after}


ROW = ("state", "by", "at", "note", "returned", "reviewed_by", "publish_at", "authors")
"""What of a draft stands in its row."""


def write(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Begin or go on with a draft; raises Forbidden for another county's matter, Conflict for one that is outdated."""
    asked = call.data
    changes = {name: value for name, value in asked.items() if name not in ASKING}
    if "content" in changes:
        changes["content"] = content_from(changes["content"])
    if changes.get("form") is not None:
        the_form_may_be_published(changes["form"])
    matter = within_reach(matters, scope, call)
    matter.write_draft(stored(changes), asked["note"], call.actor.id, call.now)
    matters.save(matter, [], call)
    return matter


def submit(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Hand a draft in for review."""
    matter = within_reach(matters, scope, call)
    matter.hand_in()
    matters.save(matter, [], call)
    return matter


def give_back(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Give a draft back; raises Forbidden for one of its authors."""
    matter = within_reach(matters, scope, call)
    matter.draft = the_draft_of(matter).give_back(call.actor.id, call.data["reason"])
    matters.save(matter, [], call)
    return matter


def approve(matters: MatterStore, versions: VersionStore, scope: dict, call: Call) -> Matter:
    """Approve a draft: it takes force now, or the clock lets it on its day; raises Forbidden for one of its authors."""
    matter = within_reach(matters, scope, call)
    publish_at = call.data["publish_at"] or call.now
    matter.draft = the_draft_of(matter).approve(call.actor.id, publish_at, call.now)
    if publish_at > call.now:
        matter.due = publish_at
        matters.save(matter, [], call)
        return matter
    return _in_force(matters, versions, matter, call)


def _in_force(matters: MatterStore, versions: VersionStore, matter: Matter, call: Call) -> Matter:
    before = replace(matter)
    events = matter.publish(call.now)
    versions.keep(before, call.now)
    matters.save(matter, events, call)
    return matter


def discard(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Throw a draft away; where there is none, nothing has to be done."""
    matter = within_reach(matters, scope, call)
    matter.draft, matter.due = None, None
    matters.save(matter, [], call)
    return matter


def sweep(matters: MatterStore, versions: VersionStore, call: Call, most: int = 100) -> int:
    """Let take force what is due."""

    def act(matter: Matter) -> list[tuple[str, dict]]:
        before = replace(matter)
        events = matter.publish(call.now)
        versions.keep(before, call.now)
        return events

    return matters.sweep(act, call, most)
