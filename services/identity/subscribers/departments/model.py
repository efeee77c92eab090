"""A department's subscription: what was asked, what is granted, and what that covers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Rejected

LIVING = ("granted", "connected")
ENDED = ("refused", "revoked", "expired")


@dataclass
class Department:
    """One subscription; `state` goes applied -> granted -> connected -> revoked or expired, or applied -> refused.

    `basis` is on what personal fields rest: `law` (a statutory duty) or `consent` of each person.
    `events`, `region` and `personal_fields` are what was asked and, once granted, what was granted.
    """

    id: str
    region: str
    name: str
    contact: str
    purpose: str
    legal_ground: str
    events: list[str]
    delivery: str
    password_hash: str
    applied_at: datetime
    personal_fields: list[str] = field(default_factory=list)
    basis: str = "law"
    webhook_url: str | None = None
    history: bool = False
    starts_after: int = 0
    state: str = "applied"
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    expires_at: datetime | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def login(self) -> str:
        """The name under which the department signs in, and that of its stream and account."""
        return f"dept.{self.id}"

    def applied(self) -> list[tuple[str, dict]]:
        """The events of a new application."""
        return self._become("applied")

    def grant(
        self,
        events: list[str],
        region: str,
        personal_fields: list[str],
        days: int,
        official: str,
        now: datetime,
    ) -> list[tuple[str, dict]]:
        """Grant what was asked or a part of it; raises Conflict where it is decided, Rejected for more than asked."""
        only_an_application_is_decided(self)
        nothing_is_granted_that_was_not_asked(self, events, region, personal_fields)
        self.events, self.region, self.personal_fields = events, region, personal_fields
        self.decided_by, self.decided_at, self.expires_at = official, now, now + timedelta(days=days)
        return self._become("granted")

    def refuse(self, reason: str, official: str, now: datetime) -> list[tuple[str, dict]]:
        """Refuse, and say why."""
        only_an_application_is_decided(self)
        self.reason, self.decided_by, self.decided_at = reason, official, now
        return self._become("refused")

    def connect(self, head: int) -> list[tuple[str, dict]]:
        """What it receives its events through is ready; nothing happens twice or after the end.

        `head` is the feed's last position: delivery begins behind it unless the history was asked for.
        """
        if self.state != "granted":
            return []
        self.starts_after = 0 if self.history else head
        return self._become("connected")

    def move_webhook(self, url: str, now: datetime) -> list[tuple[str, dict]]:
        """Its webhook goes to another address; raises Conflict where it has none that lives."""
        only_a_living_webhook_is_moved(self, now)
        if url == self.webhook_url:
            return []
        self.webhook_url = url
        return [("department.webhook_moved", {"department_id": self.id, "state": self.state})]

    def revoke(self, reason: str) -> list[tuple[str, dict]]:
        """End it at once; raises Conflict where there is nothing to end."""
        if self.state not in LIVING:
            raise Conflict("department.not_living", "该订阅未在使用中，无需终止。", state=self.state)
        self.reason = reason
        return self._become("revoked")

    def expire(self, now: datetime) -> list[tuple[str, dict]]:
        """End it where its time is over."""
        return self._become("expired") if self.state in LIVING and self.is_over(now) else []

    def receives(self, now: datetime) -> bool:
        """Tell whether events are delivered now: a grant that has ended delivers and replays nothing."""
        return self.state == "connected" and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Tell whether the time of its grant is over."""
        return self.expires_at is None or self.expires_at <= now

    def _become(self, state: str) -> list[tuple[str, dict]]:
        self.state = state
        return [(f"department.{state}", {"department_id": self.id, "state": state})]


def only_an_application_is_decided(department: Department) -> None:
    """An application is decided once; who wants something else applies again."""
    if department.state != "applied":
        raise Conflict(
            "department.decided_already", "该申请已经处理过了，请刷新名单。", state=department.state
        )


def only_a_living_webhook_is_moved(department: Department, now: datetime) -> None:
    """What an officer still has to decide on does not change under the eyes, and what has ended goes nowhere."""
    if department.delivery != "webhook" or department.state not in LIVING or department.is_over(now):
        raise Conflict(
            "department.no_webhook", "该订阅没有使用中的 webhook 推送，无法更换网址。", state=department.state
        )


def nothing_is_granted_that_was_not_asked(
    asked: Department, events: list[str], region: str, personal_fields: list[str]
) -> None:
    """A grant may narrow an application and never widen it (个人信息保护法 art. 6: the least that the purpose needs)."""
    wider = [one for one in events if not any(is_part_of(one, pattern) for pattern in asked.events)]
    if wider or not region.startswith(asked.region) or not set(personal_fields) <= set(asked.personal_fields):
        raise Rejected(
            "department.more_than_asked", "授权不能超出部门申请的事件、区划或字段，请缩小范围。", events=wider
        )


def personal_fields_belong_to_the_events(
    events: list[str], personal_fields: list[str], known: set[str]
) -> None:
    """A personal field is asked for by its event, which must be asked for as well; `known` is what the catalogue has."""
    unknown = [one for one in personal_fields if one not in known]
    alone = [one for one in personal_fields if not any(is_part_of(one.split(":")[0], e) for e in events)]
    if unknown or alone:
        raise Rejected(
            "department.personal_field_unknown",
            "所申请的个人信息字段不在所申请的事件中，请对照事件目录修改。",
            fields=unknown + alone,
        )


def is_part_of(pattern: str, whole: str) -> bool:
    """Tell whether all that `pattern` covers is covered by `whole`; both are `#` or a.b.c with `*` for a part."""
    if whole == "#" or pattern == "#":
        return whole == "#"
    return all(w in ("*", p) for p, w in zip(pattern.split("."), whole.split("."), strict=True))


def names_covered(patterns: list[str], names: list[str]) -> list[str]:
    """Those of the names that the patterns cover."""
    return [name for name in names if any(is_part_of(name, pattern) for pattern in patterns)]
