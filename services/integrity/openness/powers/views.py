"""What can be read of powers: what was ever published is public, drafts are the county's."""

from datetime import datetime

from services.chassis.core.errors import Invalid
from services.chassis.storage.paging import page, ranked_page
from services.civic.calls import Call
from services.civic.searching.finder import RankedFinder
from services.civic.searching.vain import VainSearch
from services.civic.spoken_words import asked_words
from services.integrity.openness.powers.content import FIELDS, PowerContent, differences
from services.integrity.openness.powers.model import Power, the_draft_of
from services.integrity.openness.powers.store import NOT_IN_LISTS, OF_SEARCH, PowerStore
from services.integrity.openness.powers.vain import VainPowerSearchStore
from services.integrity.openness.powers.versions import PowerVersionStore

ROW = (
    *("id", "region", "name", "group", "who", "state", "number"),
    *("since", "review_by", "withdrawn", "withdrawn_at", "version"),
)
"""What of a power stands in its row."""
IN_DRAFT = ("state", "by", "at", "note", "returned")
NOTHING = PowerContent("", "")
"""What a first version is compared with."""


def said(content: PowerContent) -> dict:
    """Give what a version says, every field with its source or without one."""
    sources = [
        {"field": name, "name": called, "source": content.sources.get(name, "")}
        for name, called in FIELDS.items()
    ]
    return {**vars(content), "sources": sources}


def one(powers: PowerStore, call: Call) -> dict:
    """One power in full; raises NotFound, also for what was never published."""
    power = powers.published(call.data["power_id"])
    return {**{name: getattr(power, name) for name in ROW}, "content": said(power.told)}


def listed(powers: PowerStore, finder: RankedFinder, vain: VainPowerSearchStore, call: Call) -> dict:
    """A page of what is published: found by words (closest first), or by name."""
    asked = call.data
    where = {name: asked[name] for name in ("state", "group") if asked[name]}
    if asked["text"]:
        return _found(powers, finder, vain, where, call)
    return _page(powers, where, call)


def of_category(powers: PowerStore, call: Call) -> dict:
    """A page of what the county names for a category of complaints."""
    return _page(powers, {"state": "published", "categories": call.data["category"]}, call)


def of_matter(powers: PowerStore, call: Call) -> dict:
    """A page of what the county names for a matter."""
    return _page(powers, {"state": "published", "matters": call.data["matter_id"]}, call)


def _found(
    powers: PowerStore, finder: RankedFinder, vain: VainPowerSearchStore, where: dict, call: Call
) -> dict:
    words = asked_words(call.data["text"])
    if not words:
        raise Invalid("power.search_without_words", "请输入要找的文字、拼音或首字母，例如“分红”。")
    ranked = finder.ranking(call.now).fitting(words, where)
    ids, following = ranked_page(ranked, call.data, "powers", {**where, "text": "".join(words)})
    if not ranked and where == {"state": "published"}:
        vain.note_here(words, call.now)
    return {"items": powers.in_order(ids), "next": following}


def _page(powers: PowerStore, where: dict, call: Call) -> dict:
    return page(powers.documents, where, call.data, ("name", 1), powers.from_document, NOT_IN_LISTS)


def version(powers: PowerStore, versions: PowerVersionStore, call: Call) -> dict:
    """One version of a power in full; raises NotFound."""
    power, number = powers.published(call.data["power_id"]), call.data["number"]
    content, since, until = versions.find(power, number)
    return _version(power.id, number, content, since, until)


def _version(
    id: str, number: int, content: PowerContent, since: datetime | None, until: datetime | None
) -> dict:
    times = {"since": since, "until": until}
    return {"power_id": id, "number": number, **times, "content": said(content)}


def compared(powers: PowerStore, versions: PowerVersionStore, call: Call) -> dict:
    """What a version says otherwise than another one, the one before it unless `against` names one; the first differs from nothing.

    Raises NotFound.
    """
    power, number = powers.published(call.data["power_id"]), call.data["number"]
    against = call.data["against"] or max(number - 1, 1)
    before, after = (versions.find(power, one)[0] for one in (against, number))
    return {"items": differences(before, after), "against": against}


def draft(power: Power) -> dict:
    """Give a draft with what it changes and how the power would be; raises NotFound where there is none."""
    drafted = the_draft_of(power)
    named = {"id": power.id, "number": power.number, "version": power.version}
    content = drafted.content
    return {
        **{**named, "name": content.name, "group": content.group, "authors": drafted.authors},
        **{name: getattr(drafted, name) for name in IN_DRAFT},
        **{"items": differences(power.content or NOTHING, content), "content": said(content)},
    }


def drafts(powers: PowerStore, scope: dict, call: Call) -> dict:
    """A page of the drafts in a state, longest waiting first."""
    where = {**scope, "draft.state": call.data["state"]}
    return page(powers.documents, where, call.data, ("waiting_since", 1), _draft_row, (*OF_SEARCH, "content"))


def _draft_row(found: dict) -> dict:
    drafted = found["draft"]
    named = {"id": found["_id"], "number": found["number"], "version": found["version"]}
    said_there = {name: drafted["content"][name] for name in ("name", "group")}
    return {**named, **said_there, **{name: drafted[name] for name in IN_DRAFT}}


def reviews(powers: PowerStore, scope: dict, call: Call) -> dict:
    """A page of what is published, what has to be looked at again soonest first."""
    where = {**scope, "state": "published"}
    return page(powers.documents, where, call.data, ("review_by", 1), powers.from_document, NOT_IN_LISTS)


def searched_in_vain(vain: VainPowerSearchStore, scope: dict, call: Call) -> dict:
    """A page of what was looked for and not found, the most often asked first."""
    return page(vain.documents, {**scope, "listed": True}, call.data, ("count", -1), VainSearch.of)
