"""An official and the rules of appointment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.civic.masking import mask_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.identity.officials.staff.ports import HeldRole


COUNTY_ADMINISTRATOR = "county_administrator"
DIGITS_OF_ROLE = {
    COUNTY_ADMINISTRATOR: (6,),
    "town_administrator": (9,),
    "village_administrator": (12,),
    "clerk": (6, 9),
    "discipline_officer": (6,),
    "data_officer": (6,),
    "grid_worker": (12,),
    "legal_adviser": (12,),
    "auditor": (6,),
}
CALLED_BY_DIGITS = {6: "县（市、区）", 9: "镇（乡、街道）", 12: "村（社区）"}
"""What the places of a level are called, by the digits of their codes."""
GRANTABLE = {
    COUNTY_ADMINISTRATOR: frozenset(DIGITS_OF_ROLE),
    "town_administrator": frozenset({"village_administrator", "clerk", "grid_worker", "legal_adviser"}),
}


@dataclass
class Official:
    """One official with one role in one region; a one-time password must be replaced before the first work.

    `credentials` counts the changes of what one signs in with; `factors` the secrets of a second factor that were shown,
    `factor` is the number of the confirmed one (0: none), `factor_step` the last time step of a code that was used, and
    `recovery` holds the hashes of the recovery codes that are left.
    A `resting` post has no power: its division is moving, or was split and nobody has said which part it serves.
    """

    id: str
    region: str
    login: str
    name: str
    role: str
    password_hash: str
    appointed_by: str
    appointed_at: datetime
    password_is_one_time: bool = True
    credentials: int = 0
    factor: int = 0
    factors: int = 0
    factor_step: int = 0
    recovery: list[str] = field(default_factory=list)
    active: bool = True
    resting: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def masked_name(self) -> str:
        """The name with all but its first and last character hidden."""
        return mask_name(self.name)

    def appointed(self) -> list[tuple[str, dict]]:
        """The events of an appointment."""
        return [("official.appointed", {"official_id": self.id, "role": self.role})]

    def dismiss(self, by: str) -> list[tuple[str, dict]]:
        """Take the role away; raises Forbidden for oneself, Conflict where it is gone already."""
        if by == self.id:
            raise Forbidden("official.cannot_dismiss_oneself", "不能撤销自己的职务，请由其他管理员办理。")
        only_who_is_in_office_is_moved_or_dismissed(self)
        self.active = False
        return [("official.dismissed", {"official_id": self.id})]

    def place(self, region: str, edition: str) -> list[tuple[str, dict]]:
        """The post serves one part of a division that was split, and has power there; raises Conflict for somebody dismissed."""
        only_who_is_in_office_is_moved_or_dismissed(self)
        self.formerly = [*self.formerly, {"edition": self.edition, "code": self.region}]
        self.region, self.edition, self.resting = region, edition, False
        return [("official.placed", {"official_id": self.id, "role": self.role})]

    def choose_password(self, password_hash: str) -> list[tuple[str, dict]]:
        """Replace the password."""
        self.password_hash, self.password_is_one_time = password_hash, False
        self.credentials += 1
        return [("official.password_changed", {"official_id": self.id})]

    def offer_factor(self) -> None:
        """Show the secret of another second factor; the confirmed one is good until the new one is confirmed."""
        if self.password_is_one_time:
            raise Rejected("second_factor.password_first", "请先设置自己的密码，再绑定验证器。")
        self.factors += 1

    def confirm_factor(self, step: int, recovery: list[str]) -> list[tuple[str, dict]]:
        """Take the offered second factor into use, with its recovery codes' hashes."""
        self.factor, self.factor_step, self.recovery = self.factors, step, recovery
        self.credentials += 1
        return [("official.second_factor_confirmed", {"official_id": self.id})]

    def reset_factor(self, by: str) -> list[tuple[str, dict]]:
        """Take the second factor away, for who has lost it; raises Forbidden for oneself, Conflict where there is none."""
        if by == self.id:
            raise Forbidden(
                "second_factor.cannot_reset_oneself", "不能为自己重置验证器，请由其他管理员办理。"
            )
        if not self.factor:
            raise Conflict("second_factor.none_to_reset", "该工作人员没有绑定验证器，无需重置。")
        self.factor, self.factor_step, self.recovery = 0, 0, []
        self.credentials += 1
        return [("official.second_factor_reset", {"official_id": self.id})]


def only_who_is_in_office_is_moved_or_dismissed(official: Official) -> None:
    """Who was dismissed serves no division any more, and stops no edition switch."""
    if not official.active:
        raise Conflict("official.dismissed_already", "该工作人员已被撤销职务，无需再办。")


def a_second_factor_was_offered(official: Official) -> None:
    """Only a secret that was shown and is not in use yet can be confirmed."""
    if official.factors == official.factor:
        raise Rejected("second_factor.not_offered", "请先获取新的验证器密钥，再输入验证码确认。")


def a_role_fits_its_region(role: str, region: str) -> None:
    """A county's role is held in a county, a town's in a town, a village's in a village."""
    if len(region) not in DIGITS_OF_ROLE[role]:
        levels = "或者".join(CALLED_BY_DIGITS[digits] for digits in DIGITS_OF_ROLE[role])
        raise Rejected(
            "official.role_does_not_fit_region", f"这个职务要在{levels}任职，请重新选择地方。", role=role
        )


def only_an_administrator_in_office_decides(official: Official | None) -> None:
    """Who was dismissed appoints and dismisses nobody any more, even while the last access token is still good."""
    if official is None or not official.active:
        raise Forbidden(
            "official.not_in_office", "您已不再担任该职务，不能任免工作人员，请联系任命您的单位。"
        )


def a_county_keeps_an_administrator(another_stays: bool) -> None:
    """Nobody removes the last county administrator: nobody would be left to appoint the next."""
    if not another_stays:
        raise Rejected(
            "official.last_county_administrator", "这是本县最后一位县级管理员，请先任命另一位再撤销。"
        )


def nobody_grants_outside_their_region_or_above_their_level(
    roles: Iterable[HeldRole], role: str, region: str
) -> None:
    """An administrator grants lower roles (a county administrator also equal ones) inside the own region only."""
    for held in roles:
        if role in GRANTABLE.get(held.name, ()) and region.startswith(held.region):
            return
    raise Forbidden("official.grant_not_allowed", "您无权在该区划授予这个职务，请联系上级管理员。")
