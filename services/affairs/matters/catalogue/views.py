"""What can be read of the catalogue: it is public."""

from services.affairs.matters.catalogue.drafting import ROW
from services.affairs.matters.catalogue.finder import FILTERS, Finder
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.store import NOT_IN_LISTS, UNSHOWN_BUT_DRAFT, MatterStore
from services.affairs.matters.catalogue.vain import VainSearches
from services.affairs.matters.catalogue.versions import VersionStore, differences
from services.chassis.core.errors import Invalid, NotFound
from services.chassis.storage.paging import page, ranked_page
from services.civic.calls import Call
from services.civic.forms.schema import plain_schema
from services.civic.searching.vain import VainSearch
from services.civic.spoken_words import asked_words


def one(matters: MatterStore, call: Call) -> Matter:
    """One matter; raises NotFound."""
    return matters.get(call.data["matter_id"])


def form(matters: MatterStore, call: Call) -> dict:
    """What is filled in for a matter; raises NotFound, also where nothing is."""
    matter = matters.get(call.data["matter_id"])
    if matter.form is None:
        raise NotFound("matter.no_form", "这个事项不用填写表单，直接提交申请即可。")
    return {"matter_id": matter.id, "form": matter.form, "answers": plain_schema(matter.form)}


def listed(matters: MatterStore, finder: Finder, vain: VainSearches, call: Call) -> dict:
    """A page of the catalogue: found by words (closest first), or by name."""
    asked = call.data
    if asked.get("text"):
        return _found(matters, finder, vain, call)
    where = {name: asked[name] for name in ("state", "life_event", "office", "kind") if asked.get(name)}
    return _page(matters, where, asked, ("name", 1))


def _found(matters: MatterStore, finder: Finder, vain: VainSearches, call: Call) -> dict:
    asked = call.data
    words = asked_words(asked["text"])
    if not words:
        raise Invalid("matter.search_without_words", "请输入要找的文字、拼音或拼音首字母，例如“高龄津贴”。")
    ranking = finder.ranking(call.now)
    where = {name: asked[name] for name in FILTERS if asked.get(name)}
    ranked = ranking.fitting(words, where)
    ids, following = ranked_page(ranked, asked, "matters", {**where, "text": "".join(words)})
    if not ranked and where == {"state": "open"}:
        vain.note(words, call.now)
    return {"items": matters.in_order(ids), "next": following}


def searched_in_vain(vain: VainSearches, scope: dict, call: Call) -> dict:
    """A page of what was looked for and not found, the most often asked first."""
    return page(vain.documents, {**scope, "listed": True}, call.data, ("count", -1), VainSearch.of)


def _page(matters: MatterStore, where: dict, asked: dict, order: tuple[str, int]) -> dict:
    return page(matters.documents, where, asked, order, matters.from_document, NOT_IN_LISTS)


def version(matters: MatterStore, versions: VersionStore, call: Call) -> dict:
    """One version of a matter in full; raises NotFound."""
    return versions.find(matters.get(call.data["matter_id"]), call.data["number"])


def compared(matters: MatterStore, versions: VersionStore, call: Call) -> dict:
    """What a version says otherwise than another one, the one before it unless `against` names one; the first differs from nothing.

    Raises NotFound.
    """
    matter, number = matters.get(call.data["matter_id"]), call.data["number"]
    against = call.data["against"] or max(number - 1, 1)
    after = versions.find(matter, number)
    before = versions.find(matter, against) if against != number else after
    return {"items": differences(before, after), "against": against}


def drafts(matters: MatterStore, scope: dict, call: Call) -> dict:
    """A page of the drafts in a state, longest waiting first."""
    where = {**scope, "draft.state": call.data["state"]}
    return page(
        matters.documents,
        where,
        call.data,
        ("waiting_since", 1),
        _row,
        (*UNSHOWN_BUT_DRAFT, "content", "form"),
    )


def _row(found: dict) -> dict:
    draft = found["draft"]
    named = {name: found[name] for name in ("name", "office", "version")} | {"id": found["_id"]}
    return {**named, **{name: draft.get(name) for name in ROW}}
