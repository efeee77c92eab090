"""One row of a list, where the list is all that may be read of it: links name the cursor with which the row was listed."""

from gateway.web.asking import PagePart
from services.chassis.core.errors import NotFound


def only_row(part: PagePart, id: str) -> dict | None:
    """Give the row with this id, None where the list could not be read; raises NotFound where it is not among them."""
    if not part:
        return None
    for row in part.items:
        if row["id"] == id:
            return row
    raise NotFound("page.row_not_found", "这一件不在名单上：可能已经办完，请回到名单。")
