"""What can be read of the catalogue: it is public."""

from collections.abc import Iterable

from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.spoken import spoken_within
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.forms.schema import plain_schema
from services.chassis.core.errors import Invalid, NotFound
from services.chassis.storage.chinese_text import normal
from services.chassis.storage.ngram_search import FIELDS, matching
from services.chassis.storage.paging import page
from services.civic.calls import Call
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
    words = asked_words(asked["text"])
    if not words:
        raise Invalid("matter.search_without_words", "请输入要找的文字、拼音或拼音首字母，例如“高龄津贴”。")
    where = _holding(words, asked)
    if not matters.has(where):
        # 残疾证丢了 and 换社保卡 stand in no name: what is spoken of in them is asked for alone
        where = _holding({spoken_within(word) for word in words}, asked)
    found = _page(matters, where, asked, ("name_length", 1))
    beginning = normal(asked["text"])
    found["items"].sort(key=lambda matter: not normal(matter.name).startswith(beginning))
    return found


def _holding(words: Iterable[str], asked: dict) -> dict:
    wholes = [asked[name] for name in ("office", "kind") if asked.get(name)]
    return {"state": asked["state"], **matching(words, wholes)}


def _page(matters: MatterStore, where: dict, asked: dict, order: tuple[str, int]) -> dict:
    return page(matters.documents, where, asked, order, matters.from_document, (*FIELDS, "form"))
