"""A department's subscription and what it covers."""

from dataclasses import dataclass
from datetime import datetime

from services.chassis.errors import Conflict, Forbidden


@dataclass
class Department:
    """One subscription; `state` goes granted -> connected -> revoked."""

    id: str
    region: str
    name: str
    purpose: str
    legal_ground: str
    events: list[str]
    granted_by: str
    granted_at: datetime
    state: str = "granted"
    version: int = 0

    @property
    def stream(self) -> str:
        """Give the name of the department's stream and account."""
        return f"dept.{self.id}"

    def granted(self) -> list[tuple[str, dict]]:
        """Give the events of a new subscription."""
        return [self._fact("department.granted")]

    def connect(self) -> list[tuple[str, dict]]:
        """Its stream and account are ready; nothing happens a second time or after a revocation."""
        if self.state != "granted":
            return []
        self.state = "connected"
        return [self._fact("department.connected")]

    def revoke(self) -> list[tuple[str, dict]]:
        """End the subscription; raises Conflict where it has ended already."""
        if self.state == "revoked":
            raise Conflict("department.revoked_already", "该订阅已经终止。")
        self.state = "revoked"
        return [self._fact("department.revoked")]

    def covers(self, name: str, region: str) -> bool:
        """Tell whether an event of this name in this region is granted."""
        return region.startswith(self.region) and any(_fits(pattern, name) for pattern in self.events)

    def _fact(self, name: str) -> tuple[str, dict]:
        return name, {"department_id": self.id, "state": self.state}


def _fits(pattern: str, name: str) -> bool:
    if pattern == "#":
        return True
    return all(asked in ("*", part) for asked, part in zip(pattern.split("."), name.split("."), strict=True))


def a_grant_stays_inside_the_granting_officers_region(roles, region: str) -> None:
    """A data officer grants events of the own county only; `roles` are (name, region)."""
    if not any(region.startswith(role.region) for role in roles):
        raise Forbidden("department.grant_outside_region", "不能授予本辖区以外的事件，请重新选择区划。")
