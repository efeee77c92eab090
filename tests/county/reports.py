"""Lives in integrity: anonymous reports, and what the committee makes of them."""

from dataclasses import replace

from services.civic.actor import ANONYMOUS
from services.identity.divisions.regions import source
from services.integrity.reports.cases import contract, usecases
from services.integrity.reports.cases.model import Deadlines
from services.integrity.reports.cases.rpc import leaving_no_trace
from tests.county.officials import COUNTY, acting
from tests.county.scene import Scene, standing_in

FATES = {"received": 15, "accepted": 20, "concluded": 60, "not_accepted": 5}
"""How many of a hundred reports are in each state: our assumption."""


def report_all(scene: Scene, count: int, begun) -> None:
    """Let so many reports come in about this time, and be handled."""
    for fate in scene.chance.choices(list(FATES), FATES.values(), k=count):
        _report(scene, fate, begun)


def _report(scene: Scene, fate: str, begun) -> None:
    id, full_name = scene.chance.choice(scene.county.leaves)
    asked = {"region": scene.chance.choice(scene.county.villages), "category_id": id, "accused": "测某"}
    asked |= {"text": "测试举报内容，不指任何人。" * 8, "happened_on": None, "real_name": False}
    call = scene.call("integrity.submit_report", asked, ANONYMOUS, scene.later(begun, 10))
    with leaving_no_trace(call, scene.receipts) as quiet:
        usecases.submit(
            scene.reports,
            standing_in(must_be_a_leaf=lambda id: {"full_name": full_name}),
            standing_in(edition_of=lambda code: source.COUNTY["edition"]),
            standing_in(parts=lambda code, edition: ((code,), edition)),
            None,
            scene.receipts,
            Deadlines(),
            quiet,
        )
    _handled(scene, quiet.new_id("report"), fate, quiet.now)


def _handled(scene: Scene, report_id: str, fate: str, now) -> None:
    officer = acting(scene.county.official("discipline_officer", COUNTY), "discipline_officer", COUNTY)

    def call(**data):
        data = {"report_id": report_id, **data}
        return replace(
            scene.call("integrity.handle", data, officer, scene.later(now), contract.ReportRow), now=now
        )

    if fate in ("accepted", "concluded"):
        usecases.accept(scene.reports, {}, Deadlines(), call())
    if fate == "concluded":
        usecases.conclude(
            scene.reports, {}, call(outcome="unsubstantiated", text="经核查，反映的问题不属实。")
        )
    if fate == "not_accepted":
        usecases.decline(scene.reports, {}, call(reason="不属于受理范围。"))
