"""What is done with matters: load -> decide -> save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.model import Matter
from services.chassis.core.errors import Forbidden, NotFound
from services.civic.forms.rules import the_form_may_be_published

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.store import MatterStore
    from services.affairs.matters.catalogue.versions import VersionStore
    from services.civic.calls import Call


ASKING = ("matter_id", "seen_version")
"""What a change says beside what is changed."""


def change(matters: MatterStore, versions: VersionStore, scope: dict, call: Call) -> Matter:
    """Change time limits, materials or state; raises Forbidden for another county's matter, Rejected by a rule."""
    changes = {name: value for name, value in call.data.items() if name not in ASKING}
    if changes.get("form") is not None:
        the_form_may_be_published(changes["form"])
    return _changed(matters, versions, within_reach(matters, scope, call), changes, call)


def withdraw(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Stop a matter; raises Conflict where it is stopped already."""
    matter = within_reach(matters, scope, call)
    asked = call.data
    matters.save(matter, matter.withdraw(asked["reason"], call.now, asked["withdrawn_to"]), call)
    return matter


def _changed(
    matters: MatterStore,
    versions: VersionStore,
    matter: Matter,
    changes: dict,
    call: Call,
    by_list: bool = False,
) -> Matter:
    before = replace(matter)
    events = matter.change(changes, call.now, by_list)
    if matter.number != before.number:
        versions.keep(before, call.now)
    matters.save(matter, events, call)
    return matter


def within_reach(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Everybody may read the catalogue: of what is another office's it would be no secret, only a riddle, that it "does not exist"."""
    try:
        return matters.get_to_edit(call.data["matter_id"], call, scope)
    except NotFound:
        matters.get(call.data["matter_id"])
        raise Forbidden(
            "matter.of_another_office", "这个事项由其他地方管理，您只能查看，不能修改。"
        ) from None


LISTED = (
    *("region", "name", "main_item", "kind", "office", "spoken", "life_event", "elsewhere"),
    *("materials", "statutory_days", "promise_days", "content", "form"),
)
"""What the shipped list says of a matter."""
BY_THE_OFFICE = ("materials", "statutory_days", "promise_days", "content", "form")
"""What of it stays as it is once the office has made a version of its own."""


def publish(matters: MatterStore, versions: VersionStore, matter: Matter, call: Call) -> str:
    """Put a matter of the source list into the catalogue; gives new, changed or unchanged.

    What the offices have changed themselves (materials, time limits, state, versions of theirs) stays.
    """
    known = matters.find_by_code(matter.source_code)
    if known is None:
        matters.add(matter, matter.published(), call)
        return "new"
    listed = [name for name in LISTED if known.untouched or name not in BY_THE_OFFICE]
    changes = {
        name: getattr(matter, name) for name in listed if getattr(matter, name) != getattr(known, name)
    }
    if not changes:
        return "unchanged"
    _changed(matters, versions, known, changes, call, by_list=True)
    return "changed"
