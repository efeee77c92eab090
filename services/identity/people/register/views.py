"""What a county can read of its imports."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.register.lines import WRONG
from services.identity.people.register.store import ImportStore, RegisterRefusals


def of_county(imports: ImportStore, scope: dict, call: Call) -> dict:
    """List the county's imports, newest first."""
    return page(imports.documents, scope, call.data, ("opened_at", -1), imports.from_document)


def refused_lines(imports: ImportStore, refusals: RegisterRefusals, scope: dict, call: Call) -> dict:
    """List an import's refused lines in the file's order; raises NotFound for another county's import."""
    one = imports.get(call.data["import_id"], scope=scope)

    def shown(row: dict) -> dict:
        what = row["what"]
        id = row["_id"].replace("|", ".")
        return {
            "id": id,
            "line": row["line"],
            "what": what,
            "text": WRONG[what],
            "masked_id_number": row["masked"],
        }

    return page(refusals.documents, {"import_id": one.id}, call.data, ("line", 1), shown)
