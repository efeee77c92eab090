"""The catalogue on its way out: which tables there are, and their rows page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.bulk.columns import BY_NAME, GUIDE, SHEETS, guide
from services.affairs.matters.catalogue.bulk.rows import rows_of
from services.affairs.matters.catalogue.store import UNSHOWN
from services.chassis.storage.paging import page

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.store import MatterStore
    from services.civic.calls import Call

AT_ONCE = 100


def begun(regions: list[str], call: Call) -> dict:
    """Say what is exported: the tables with their headings; the rows are fetched by `page_of_rows`."""
    asked = call.data
    wanted = [BY_NAME[asked["sheet"]]] if asked["format"] == "csv" else list(SHEETS)
    sheets = [{"name": one.name, "title": one.title, "headings": one.headings} for one in wanted]
    return {
        "format": asked["format"],
        "regions": regions,
        "office": asked["office"] or "",
        "sheets": sheets,
        "guide_title": GUIDE,
        "guide": guide(),
        "made_at": call.now,
    }


def page_of_rows(matters: MatterStore, call: Call) -> dict:
    """Give the rows of up to AT_ONCE matters, for each of the tables that are asked for, and the cursor of the next page."""
    asked = call.data
    where = (
        {"regions": {"$in": asked["regions"]}}
        if len(asked["regions"]) != 1
        else {"regions": asked["regions"][0]}
    )
    office = {"office": asked["office"]} if asked["office"] else {}
    found = page(
        matters.documents,
        {**where, **office},
        {"limit": AT_ONCE, "cursor": asked["cursor"]},
        ("name", 1),
        matters.from_document,
        (*UNSHOWN, "form"),
    )
    sheets = [BY_NAME[name] for name in asked["sheets"]]
    rows = [[row for matter in found["items"] for row in rows_of(matter, sheet)] for sheet in sheets]
    return {"rows": rows, "next": found["next"]}
