"""Lives in affairs: residents apply, clerks handle, from receipt to rating."""

from services.affairs.matters.applications import contract, files, usecases
from services.civic.actor import CivicActor
from services.civic.standing import Standing
from services.civic.working_days import published_working_days
from tests.county.officials import COUNTY, acting
from tests.county.people import name_of, phone_of
from tests.county.scene import Scene, standing_in

FATES = {
    "submitted": 8,
    "materials_missing": 5,
    "supplemented": 3,
    "accepted": 12,
    "decided": 30,
    "rated": 32,
    "declined": 4,
    "withdrawn": 6,
}
"""How many of a hundred applications are in each state: our assumption."""
WAY = {
    "submitted": (),
    "materials_missing": ("notify",),
    "supplemented": ("notify", "supply"),
    "accepted": ("accept",),
    "decided": ("accept", "decide"),
    "rated": ("notify", "supply", "accept", "decide", "rate"),
    "declined": ("decline",),
    "withdrawn": ("withdraw",),
}
UNWRITTEN = ("accept", "decide", "withdraw")
"""Steps whose doors answer nothing of what was written."""


def apply_all(scene: Scene, certified: list, count: int) -> None:
    """Let so many applications be made by certified residents, and be handled as far as it goes."""
    fates = scene.chance.choices(list(FATES), FATES.values(), k=count)
    matters = scene.county.matters
    for number, (person, fate) in enumerate(zip(scene.some(certified, count), fates, strict=True)):
        # one open application for one matter: whoever applies twice applies for another one
        _handled(scene, person, matters[(number * 7) % len(matters)], fate)


def _handled(scene: Scene, person, matter, fate: str) -> None:
    first = matter.materials[: len(matter.materials) - ("notify" in WAY[fate])]
    number = scene.chance.randrange(1_000_000)
    asked = {"matter_id": matter.id, "phone": phone_of(number), "answers": {}}
    known = (("name", name_of(number)), ("phone", asked["phone"]))
    applicant = CivicActor(person.id, "resident", assurance=1, facts=known)
    asked["materials"] = [{"name": one["name"], "note": ""} for one in first]
    now = scene.later(person.decided_at, 45)
    application = usecases.apply_for_matter(
        scene.applications,
        standing_in(standing=lambda id, beside: Standing(True, False, person.region, "2019")),
        standing_in(now=lambda region, edition: (region, edition)),
        standing_in(beside=lambda id: None, read=lambda found: matter, state_of=lambda id: "open"),
        published_working_days(),
        lambda person: None,
        scene.call("affairs.apply_for_matter", asked, applicant, now, contract.Application),
    )
    clerk = acting(scene.county.official("clerk", COUNTY), "clerk", COUNTY)
    for step in WAY[fate]:
        now = scene.later(now, 2)
        actor = applicant if step in ("supply", "withdraw", "rate") else clerk
        data = {"application_id": application.id, **_said(step, matter)}
        shape = contract.ApplicationProgress if step in UNWRITTEN else contract.Application
        call = scene.call(f"affairs.{step}", data, actor, now, shape)
        _take(step, scene.applications, call)


def _said(step: str, matter) -> dict:
    lacking = [{"name": one["name"], "note": ""} for one in matter.materials[-1:]]
    return {
        "notify": {"materials": lacking, "text": "请补齐以下材料。", "supply_days": None},
        "supply": {"materials": lacking},
        "decide": {"outcome": "granted", "reason": None},
        "decline": {"reason": "不属于本部门职权范围，请向乡镇申请。"},
        "rate": {"stars": 5, "comment": "办得很快。"},
    }.get(step, {})


def _take(step: str, applications, call) -> None:
    if step in ("notify", "accept", "supply"):
        getattr(usecases, step)(applications, published_working_days(), {}, call)
    elif step == "withdraw":
        files.withdraw(applications, standing_in(), call)
    else:
        getattr(usecases, step)(applications, {}, call)
