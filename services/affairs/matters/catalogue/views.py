"""What can be read of the catalogue: it is public."""

from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.errors import Invalid
from services.chassis.storage.ngram_search import FIELDS, matching, plain, words_of
from services.chassis.storage.paging import page
from services.civic.calls import Call


def one(matters: MatterStore, call: Call) -> Matter:
    """One matter; raises NotFound."""
    return matters.get(call.data["matter_id"])


def listed(matters: MatterStore, call: Call) -> dict:
    """A page of the catalogue: found by words (closest first), or by name."""
    asked = call.data
    if asked.get("text"):
        return _found(matters, asked)
    where = {name: asked[name] for name in ("state", "office", "kind") if asked.get(name)}
    return _page(matters, where, asked, ("name", 1))


def _found(matters: MatterStore, asked: dict) -> dict:
    """The shortest name has least beside the words; within the page names that begin with them lead.

    Office and kind are asked for among the grams: as fields they would tempt the server to sort in memory.
    """
    words = words_of(asked["text"])
    if not words:
        raise Invalid("matter.search_without_words", "请输入要找的文字或数字，例如“高龄津贴”。")
    wholes = [asked[name] for name in ("office", "kind") if asked.get(name)]
    where = {"state": asked["state"], **matching(words, wholes)}
    found = _page(matters, where, asked, ("name_length", 1))
    beginning = plain(asked["text"])
    found["items"].sort(key=lambda matter: not plain(matter.name).startswith(beginning))
    return found


def _page(matters: MatterStore, where: dict, asked: dict, order: tuple[str, int]) -> dict:
    return page(matters.documents, where, asked, order, matters.from_document, FIELDS)
