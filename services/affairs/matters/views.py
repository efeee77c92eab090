"""What can be read of the catalogue: it is public."""

from services.affairs.matters.grams import grams_asked, plain, whole
from services.affairs.matters.store import MatterStore
from services.chassis.calls import Call
from services.chassis.errors import Invalid
from services.chassis.paging import page


def one(matters: MatterStore, call: Call):
    """Give one matter; raises NotFound."""
    return matters.get(call.data["matter_id"])


def listed(matters: MatterStore, call: Call) -> dict:
    """Give a page of the catalogue: found by words (closest first), or by name."""
    asked = call.data
    if asked.get("text"):
        return _found(matters, asked)
    where = {name: asked[name] for name in ("state", "office", "kind") if asked.get(name)}
    return page(matters.documents, where, asked, ("name", 1), matters.from_document)


def _found(matters: MatterStore, asked: dict) -> dict:
    """The shortest name has least beside the words; within the page names that begin with them lead.

    Office and kind are asked for as grams too: as fields they would tempt the server to sort in memory.
    """
    grams = grams_asked(asked["text"])
    if not grams:
        raise Invalid("matter.search_without_words", "请输入要找的文字或数字，例如“高龄津贴”。")
    grams += [whole(asked[name]) for name in ("office", "kind") if asked.get(name)]
    where = {"state": asked["state"], "grams": {"$all": grams}}
    found = page(matters.documents, where, asked, ("name_length", 1), matters.from_document)
    beginning = plain(asked["text"])
    found["items"].sort(key=lambda matter: not plain(matter.name).startswith(beginning))
    return found
