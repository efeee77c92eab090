"""One matter in full: what to bring, how long it takes, by which law, where it is done, and what nobody has said yet."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit


def in_full(visit: PageVisit) -> dict:
    """Ask for the version in force, which the matter names."""
    found = visit.parts["matter"]
    if not found:
        return {"version": found}
    given = {"matter_id": visit.path["matter_id"], "number": found.value["number"]}
    return asked_after(visit, version=Read("GET /matters/{matter_id}/versions/{number}", lambda _: given))


PAGE = WebPage(
    "/guide/{matter_id}",
    "事项",
    EVERYBODY,
    reads={"matter": Read("GET /matters/{matter_id}")},
    prepare=in_full,
    sentence="要带什么材料、多久办完、在哪里办。",
)
