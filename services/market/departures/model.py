"""A departure: one person's way out of market."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.errors import Rejected

LEAVING = ("leaving", "cleared", "gone")


@dataclass
class Departure:
    """`id` is the resident's; `state` is leaving, cleared, hindered, stayed or gone."""

    id: str
    region: str
    erasure_id: str
    since: datetime
    state: str = "leaving"
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def leave(self, erasure_id: str, now: datetime) -> None:
        """Begin, or begin once more after having stayed."""
        self.erasure_id, self.since, self.state = erasure_id, now, "leaving"

    def answer(self, open_count: int) -> list[tuple[str, dict]]:
        """Say what is open; a person with something open stays."""
        ids = {"erasure_id": self.erasure_id, "resident_id": self.id}
        if open_count:
            self.state = "hindered"
            return [("departure.hindered", {**ids, "open_count": open_count})]
        self.state = "cleared"
        return [("departure.cleared", ids)]

    @property
    def is_leaving(self) -> bool:
        """Tell whether nothing new may begin."""
        return self.state in LEAVING


def who_is_leaving_trades_nothing(is_leaving: bool) -> None:
    """An erasure that has begun is finished first; whoever stays may trade again."""
    if is_leaving:
        raise Rejected("departure.no_trade", "您的账号或卖家的账号正在注销，不能交易。")
