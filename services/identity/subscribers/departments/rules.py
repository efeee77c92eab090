"""What holds for subscriptions: who applies, who decides, what is granted, and what a department without a grant is told."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from services.chassis.core.clock import in_words
from services.chassis.core.errors import Conflict, Forbidden, Rejected, TooMany
from services.identity.subscribers.patterns import is_part_of

if TYPE_CHECKING:
    from services.identity.subscribers.departments.model import (
        Department,
    )

COUNTY = 6
"""Digits of a county's code."""

LIVING = ("granted", "connected")
OUT_OF_DATE = "本县已改用新版次的区划代码，申请所限的区划已调整，请按新代码重新申请。"
"""What a department is told whose application names a place that is no more what it was."""

ENDED = ("refused", "revoked", "expired")


def only_so_many_apply_from_one_network(full_until: datetime | None, now: datetime) -> None:
    """Whoever applies makes work for an officer: a program must not fill the list."""
    if full_until:
        wait = ceil((full_until - now).total_seconds())
        raise TooMany(
            "department.too_many_applications",
            f"同一网络的申请太多，请在 {in_words(wait)}后再试，或联系县数据专员。",
            retry_after=wait,
        )


def only_an_application_is_decided(department: Department) -> None:
    """An application is decided once; who wants something else applies again."""
    if department.state != "applied":
        raise Conflict(
            "department.decided_already", "该申请已经处理过了，请刷新名单。", state=department.state
        )


def only_an_office_that_waits_for_it_is_confirmed(department: Department, right: bool) -> None:
    """Anybody can write the name of an office; who answers at its own phone with the code that only the applicant sees is it."""
    if department.state not in ("applied", "granted") or department.confirmed_at:
        raise Conflict(
            "department.nothing_to_confirm", "该单位无需核实，请刷新名单。", state=department.state
        )
    if not right:
        raise Rejected(
            "department.wrong_confirmation_code",
            "确认码不对。请按通讯录上的电话或地址联系该单位，由其登录查看后告知，勿使用申请中自报的电话。",
        )


def only_a_living_grant_gives_events(department: Department, now: datetime) -> None:
    """Who has no grant yet, or none any more, is told which of them it is, and why; an empty answer would look like no news."""
    state = "expired" if department.state in LIVING and department.is_over(now) else department.state
    if state == "connected":
        return
    if state == "granted" and not department.confirmed_at:
        raise Forbidden(
            "department.not_confirmed",
            "授权已作出，县里核实贵单位后生效：请等待数据专员来电或来函，并告知其确认码。",
        )
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
            "department.no_webhook",
            "该订阅没有使用中的 webhook 推送，无法更换网址；需要推送请重新申请订阅。",
            state=department.state,
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


def a_place_is_named_in_the_edition_of_the_grant(asked: Department, region: str, *editions: str) -> None:
    """A code means something only with its edition: in a later one it may name another place, or hold what it did not hold.

    `editions` are those in which the wanted region is read. A whole county is the same in each.
    """
    known = {*editions, *(() if len(asked.region) == COUNTY else (asked.edition,))} - {""}
    if region != asked.region and len(known) > 1:
        raise Rejected(
            "department.other_edition",
            "本县已改用新版次的区划代码，不能在原申请上改为其他区划，请部门按新代码重新申请。",
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
