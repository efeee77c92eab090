"""An invitation, its links and what ends it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Rejected
from services.civic.masking import mask_name

GOOD_FOR = timedelta(hours=72)
"""How long a link works."""

KEPT = timedelta(days=30)
"""How long after its last link an invitation can still be sent anew; then its name and phone are forgotten."""

Events = list[tuple[str, dict]]


@dataclass
class Invitation:
    """One person invited to one role in one region; `number` counts the links, of which only the newest is good.

    `link` is the keyed hash of the newest link's secret. `state` is open, accepted, revoked or lapsed; name and phone are
    forgotten when it is no longer open.
    """

    id: str
    region: str
    edition: str
    role: str
    name: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    link: str
    phone: str = ""
    number: int = 1
    state: str = "open"
    official_id: str | None = None
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def masked_name(self) -> str:
        """The name with all but its first and last character hidden; nothing once it is forgotten."""
        return mask_name(self.name) if self.name else ""

    def sent(self) -> Events:
        """The event of a link."""
        return [self._event("sent", number=self.number, expires_at=self.expires_at.isoformat())]

    def send_anew(self, by: str, link: str, now: datetime) -> Events:
        """Another link, also after the one before has expired; that one dies."""
        only_an_open_invitation_is_changed(self)
        self.number, self.link = self.number + 1, link
        self.invited_by, self.expires_at = by, now + GOOD_FOR
        return self.sent()

    def revoke(self) -> Events:
        """Take it back."""
        only_an_open_invitation_is_changed(self)
        return self._end("revoked")

    def accept(self, official_id: str) -> Events:
        """Note who came of it."""
        self.official_id = official_id
        return self._end("accepted", official_id=official_id)

    def lapse(self) -> Events:
        """Nobody came."""
        only_an_open_invitation_is_changed(self)
        return self._end("lapsed")

    def is_good(self, edition: str, now: datetime) -> bool:
        """Tell whether its newest link may still be used; not after its division became another one."""
        return self.state == "open" and now < self.expires_at and self.edition == edition

    def _end(self, state: str, **more: str | int) -> Events:
        self.state, self.name, self.phone = state, "", ""
        return [self._event(state, **more)]

    def _event(self, what: str, **more: str | int) -> tuple[str, dict]:
        return f"invitation.{what}", {"invitation_id": self.id, "role": self.role, **more}


def only_an_open_invitation_is_changed(invitation: Invitation) -> None:
    """What was accepted, taken back or forgotten is over."""
    if invitation.state != "open":
        raise Conflict("invitation.over", "该邀请已被接受、撤回或失效，如有需要请重新邀请。")


def not_valid() -> Rejected:
    """Refuse a link that is wrong, old, used, revoked or of somebody who appoints no more: which one is nobody's business."""
    return Rejected("invitation.not_valid", "邀请链接无效或已过期，请联系邀请您的管理员重新发送。")
