"""What can be read of the taxonomy; it is public."""

from services.chassis.core.errors import Invalid
from services.chassis.storage.ngram_search import FIELDS, matching, words_of
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.integrity.reports.categories.store import CategoryStore, as_category


def below(categories: CategoryStore, call: Call) -> dict:
    """A page of the categories directly below one."""
    return _page(categories, {"parent": call.data["parent"]}, call)


def search(categories: CategoryStore, call: Call) -> dict:
    """A page of the categories whose full name holds every word; raises Invalid where only signs are asked."""
    words = words_of(call.data["text"])
    if not words:
        raise Invalid("category.search_without_words", "请输入要找的文字或数字，例如“挪用公款”。")
    return _page(categories, {"level": call.data["level"], **matching(words)}, call)


def _page(categories: CategoryStore, where: dict, call: Call) -> dict:
    return page(categories.documents, where, call.data, ("order", 1), as_category, FIELDS)
