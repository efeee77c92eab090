"""One matter in full: what to bring, how long it takes, by which law, where it is done, and what nobody has said yet."""

from gateway.web import own_applications
from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit


def in_full(visit: PageVisit) -> dict:
    """Ask for the version in force, which the matter names, and tell which of its fields the page shows."""
    found = visit.parts["matter"]
    if not found:
        return {"version": found, "shown": (), "powers": found, "already": None}
    given = {"matter_id": visit.path["matter_id"], "number": found.value["number"]}
    told = asked_after(
        visit,
        version=Read("GET /matters/{matter_id}/versions/{number}", lambda _: given),
        powers=Read("GET /powers/of-matter", lambda _: {"matter_id": visit.path["matter_id"]}),
        mine=own_applications.MINE,
    )
    version = told["version"]
    return {
        **told,
        "shown": shown(found.value, version.value["content"] if version else {}),
        "already": own_applications.under_way(told["mine"], found.value["id"]),
    }


def shown(matter: dict, content: dict) -> list[str]:
    """Name the fields that stand on the page with a value: what is shown is not said to be missing."""
    values = {**content, **{name: matter.get(name) for name in ALWAYS}}
    return [name for name, value in values.items() if value]


ALWAYS = ("name", "office", "promise_days", "statutory_days", "materials")
"""What every matter has, whether its office has checked it or not."""

PAGE = WebPage(
    "/guide/{matter_id}",
    "事项",
    EVERYBODY,
    reads={"matter": Read("GET /matters/{matter_id}")},
    prepare=in_full,
    sentence="要带什么材料、多久办完、在哪里办。",
)
