"""A department's subscription: what was asked, what is granted, and what that covers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.subscribers.patterns import is_part_of

LIVING = ("granted", "connected")
ENDED = ("refused", "revoked", "expired")


@dataclass
class Department:
    """One subscription; `state` goes applied -> granted -> connected -> revoked or expired, or applied -> refused.

    `basis` is on what personal fields rest: `law` (a statutory duty) or `consent` of each person.
    `events`, `region` and `personal_fields` are what was asked and, once granted, what was granted.
    `begins_at` is where the grant begins, None: with the feed's first event; `starts_after` is the feed's position before it.
    `keys` and `passwords` count rotations (the capability `accounts`); `change` is what it asks to be changed, and what became of it
    (`changes.py`).
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
    begins_at: datetime | None = None
    starts_after: int = 0
    keys: int = 0
    readers: list[str] = field(default_factory=list)
    passwords: dict[str, int] = field(default_factory=dict)
    machine_keys: list[dict] = field(default_factory=list)
    change: dict | None = None
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

    def login_of(self, reader: str = "") -> str:
        """Give the name of an account that reads its stream; the department's own reader has no name."""
        return f"{self.login}.{reader}" if reader else self.login

    @property
    def logins(self) -> list[str]:
        """The names of all accounts that read its stream."""
        return [self.login_of(reader) for reader in ("", *self.readers)]

    @property
    def granted_from(self) -> datetime | None:
        """Since when events are covered; None where it is from the first one, or nothing is granted."""
        since = None if self.history or self.expires_at is None else self.decided_at
        return self.begins_at or since

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
        after: int = 0,
        begins_at: datetime | None = None,
    ) -> list[tuple[str, dict]]:
        """Grant what was asked or a part of it; raises Conflict where it is decided, Rejected for more than asked.

        It begins now, or with the first event where the history was asked for; the official may say otherwise. `after` is the
        feed's position before that.
        """
        only_an_application_is_decided(self)
        nothing_is_granted_that_was_not_asked(self, events, region, personal_fields)
        a_grant_begins_with_what_has_happened(begins_at, now)
        self.begins_at, self.starts_after = begins_at or (None if self.history else now), after
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

        `head` is the feed's last position, behind which a grant begins that names no beginning, as those of 0.1 do.
        """
        if self.state != "granted":
            return []
        if self.begins_at is None and not self.history:
            self.starts_after = head
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

    def must_receive(self, now: datetime) -> None:
        """Raise what a department without a living grant is told instead of events."""
        only_a_living_grant_gives_events(self, now)

    def has_ended(self, now: datetime) -> bool:
        """Tell whether it is refused, or over: nothing comes of it any more."""
        return self.state in ENDED or (self.state in LIVING and self.is_over(now))

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


def only_a_living_grant_gives_events(department: Department, now: datetime) -> None:
    """Who has no grant yet, or none any more, is told which of them it is, and why; an empty answer would look like no news."""
    state = "expired" if department.state in LIVING and department.is_over(now) else department.state
    if state == "connected":
        return
    if state == "granted":
        raise Conflict("department.not_ready_yet", "授权已作出，正在为您接通，请几秒钟后再试。")
    if state == "expired":
        raise Forbidden(
            "department.grant_expired",
            "授权已到期，不再提供事件，请重新申请。",
            expired_at=department.expires_at and department.expires_at.isoformat(),
        )
    if state == "revoked":
        raise Forbidden(
            "department.grant_revoked", "授权已终止，不再提供事件，请查看原因。", reason=department.reason
        )
    raise Forbidden(
        "department.never_granted",
        "申请尚未获得授权，批准后才能取得事件，请查看申请状态。",
        state=state,
        reason=department.reason,
    )


def a_grant_begins_with_what_has_happened(begins_at: datetime | None, now: datetime) -> None:
    """A grant begins now or earlier: what it covers is looked up in the feed when it is given."""
    if begins_at and begins_at > now:
        raise Rejected("department.begins_in_future", "授权起始时间不能晚于现在，请改为现在或更早的时间。")


def every_pattern_matches_an_event(coverage: list[dict]) -> None:
    """A pattern that no event fits is a mistake, which would show only as silence; `coverage` is what each covers."""
    nothing = [one["pattern"] for one in coverage if not one["events"]]
    if nothing:
        raise Rejected(
            "department.pattern_matches_nothing",
            f"{'、'.join(nothing)} 不对应任何可订阅的事件，请对照事件目录修改。",
            patterns=nothing,
        )


def only_a_living_webhook_is_moved(department: Department, now: datetime) -> None:
    """What an officer still has to decide on does not change under the eyes, and what has ended goes nowhere."""
    if department.delivery != "webhook" or department.state not in LIVING or department.is_over(now):
        raise Conflict(
            "department.no_webhook", "该订阅没有使用中的 webhook 推送，无法更换网址。", state=department.state
        )


def only_who_signed_in_decides(session: str | None) -> None:
    """What becomes of a subscription its people decide, signed in; a machine's key that got lost ends and widens nothing."""
    if not session:
        raise Forbidden("department.sign_in_to_decide", "订阅的变更和终止，请用部门的登录密钥登录后办理。")


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
