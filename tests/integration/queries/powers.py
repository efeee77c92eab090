"""Powers of a village that are published, drafted and withdrawn, many enough that a scan of all of them shows."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import write_call
from services.civic.actor import SYSTEM
from services.integrity.openness.powers.content import GROUPS, PowerContent
from services.integrity.openness.powers.model import Power, PowerDraft
from services.integrity.openness.powers.store import PowerStore
from services.integrity.openness.powers.versions import PowerVersionStore

MANY = 240
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CATEGORY = "农村农业/村务管理/村务公开"


def make_powers(database) -> None:
    """Write them through the store: a third published, a third drafted, a third withdrawn."""
    powers, versions = PowerStore(database), PowerVersionStore(database)
    for number in range(MANY):
        power = _power(number)
        powers.add(power, [], write_call("power", {}, SYSTEM, f"a-power-{number}"))
        versions.keep(power, NOW)


def _power(number: int) -> Power:
    content = PowerContent(
        f"测试权力 {number}",
        list(GROUPS)[number % len(GROUPS)],
        "村民会议",
        steps=[{"text": "分红", "who": "", "when": "", "paper": "", "law": ""}],
        categories=[CATEGORY] if number % 5 == 0 else [],
        review_by=f"2027-{1 + number % 12:02}-01",
    )
    at, state = NOW + timedelta(minutes=number), ("published", "unpublished", "withdrawn")[number % 3]
    power = Power(f"power-{number}", "510183", state, changed_at=at)
    if state == "unpublished":
        step = ("drafting", "in_review", "set_aside")[number % 9 // 3]
        power.draft = PowerDraft(content, "o1", at, step, authors=["o1"])
    else:
        power.content, power.number, power.since = content, 1, at
    return power
