"""A matter of the catalogue and the rules of changing it."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Rejected

KINDS = {
    "1": "行政许可",
    "5": "行政给付",
    "7": "行政确认",
    "8": "行政奖励",
    "9": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
}
"""Kinds by the code list of the national government service platform, as far as the catalogue has them."""

STATUTORY_DAYS = 20
"""Working days that the law gives for a decision (行政许可法 art. 42); for other kinds by our choice."""

PROMISED_DAYS = 10
"""Working days that the office promises where nothing else is set: our choice, the source has none."""

DEFAULT_MATERIAL = {"name": "居民身份证", "note": ""}


@dataclass
class Matter:
    """One matter; `state` is open or closed, `materials` are {name, note}, days are working days.

    `visitors` tells whether people without an account may apply; `spoken` is what villagers call it. `form` is what is filled in,
    a document of the profile of `matters/forms`; `with_form` tells in lists, which do not load it, that there is one.
    """

    id: str
    region: str
    name: str
    main_item: str
    kind: str
    office: str
    source_code: str
    published_at: datetime
    materials: list[dict] = field(default_factory=lambda: [dict(DEFAULT_MATERIAL)])
    promise_days: int = PROMISED_DAYS
    statutory_days: int = STATUTORY_DAYS
    state: str = "open"
    changed_at: datetime | None = None
    visitors: bool = False
    spoken: list[str] = field(default_factory=list)
    form: dict | None = None
    with_form: bool = False
    version: int = 0

    @property
    def kind_name(self) -> str:
        """The kind's Chinese name."""
        return KINDS[self.kind]

    def published(self) -> list[tuple[str, dict]]:
        """Enter the catalogue."""
        return [("matter.published", {"matter_id": self.id, "state": self.state})]

    def change(self, changes: dict, now: datetime) -> list[tuple[str, dict]]:
        """Set the named fields; raises Rejected where the result breaks a rule."""
        for name, value in changes.items():
            setattr(self, name, value)
        the_promise_is_within_the_law(self)
        each_material_is_named_once(self)
        if "form" in changes:
            self.with_form = self.form is not None
        self.changed_at = now
        return [("matter.changed", {"matter_id": self.id, "state": self.state})]


def the_promise_is_within_the_law(matter: Matter) -> None:
    """An office may promise less time than the law gives it, never more."""
    if matter.promise_days > matter.statutory_days:
        raise Rejected(
            "matter.promise_beyond_law",
            f"承诺时限不能超过法定时限 {matter.statutory_days} 个工作日，请改短。",
            statutory_days=matter.statutory_days,
        )


def each_material_is_named_once(matter: Matter) -> None:
    """The published list of materials names each one once (行政许可法 art. 30: the whole list is public)."""
    names = [material["name"] for material in matter.materials]
    if len(names) != len(set(names)):
        raise Rejected("matter.material_twice", "材料清单里有重复的名称，请删去重复的一项。")
