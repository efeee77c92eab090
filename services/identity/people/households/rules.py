"""The rules of households, one sentence each."""

from collections.abc import Sequence

from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.identity.people.households.ports import Villager

HEAD = "head"
MOST_MEMBERS = 30
MOST_WAITING = 5


def a_household_has_one_head(relations: list[str]) -> None:
    """Of the people who form a household exactly one is its head (户主)."""
    if relations.count(HEAD) != 1:
        raise Rejected("household.one_head", "一户应有且只有一位户主，请核对与户主的关系。")


def nobody_is_named_twice(ids: list[str]) -> None:
    """Everybody who is named is named once."""
    if len(set(ids)) != len(ids):
        raise Rejected("household.named_twice", "同一个人填写了两次，请删去重复的一条。")


def the_head_lives_in_the_village(head: Villager | None) -> Villager:
    """The household's village is that of its head, whom the village knows; gives the head."""
    if not head:
        raise _no_such_resident()
    return head


def only_residents_of_the_village_are_members(
    found: Sequence[Villager], ids: list[str], village: str
) -> None:
    """The village enters its own residents; whoever lives elsewhere or is not known looks the same."""
    here = {one.id for one in found if one.region == village}
    if not set(ids) <= here:
        raise _no_such_resident()


def only_certified_residents_are_members(found: Sequence[Villager]) -> None:
    """A person belongs to a household when the village has vouched for the person."""
    if not all(one.certified for one in found):
        raise Rejected("household.person_not_certified", "有成员尚未通过村里认证，请先完成认证再登记入户。")


def who_is_away_is_not_left_behind(away: dict | None, left_behind: str | None) -> None:
    """Left behind is who stays when others of the household are away."""
    if away and left_behind:
        raise Rejected("household.away_and_left_behind", "外出务工人员不能同时登记为留守人员，请只选一项。")


def only_the_head_is_related_as_head(relation: str) -> None:
    """Nobody but the head has the relation of a head; another head is named, not related."""
    if relation == HEAD:
        raise Rejected("household.head_is_named", "户主只有一位，要更换户主请办理户主变更。")


def the_head_stays_related_as_head(is_head: bool) -> None:
    """The head's relation is changed by naming another head only."""
    if is_head:
        raise Rejected("household.heads_relation", "户主与本人的关系不能修改，要更换户主请办理户主变更。")


def a_household_is_not_larger_than_a_family(count: int) -> None:
    """More than 30 people are not one household."""
    if count > MOST_MEMBERS:
        raise Rejected("household.too_large", "一户最多登记 30 人，请先办理分户。", most=MOST_MEMBERS)


def only_a_standing_household_changes(state: str) -> None:
    """What was dissolved stays as it was; the people in it form another one."""
    if state != "active":
        raise Conflict("household.dissolved_already", "这一户已经撤销，请为家庭成员重新登记。")


def nobody_is_a_member_twice(is_member: bool) -> None:
    """Who belongs to the household is not added again."""
    if is_member:
        raise Conflict("household.member_already", "此人已是本户成员，请刷新后核对。")


def only_a_member_is_meant(is_member: bool) -> None:
    """Only who belongs to the household leaves it, or is corrected in it."""
    if not is_member:
        raise NotFound("household.member_not_found", "本户没有这位成员，请核对编号。")


def everybodys_relation_is_given(given: list[str], others: list[str]) -> None:
    """With another head everybody is related anew: all are named, and nobody else."""
    if sorted(given) != sorted(others):
        raise Rejected("household.relations_incomplete", "请逐一填写其他每位成员与户主的关系，不多也不少。")


def the_head_stays_when_others_split_off(head_goes: bool) -> None:
    """Who goes leaves a household behind that has a head (分户)."""
    if head_goes:
        raise Rejected("household.head_splits_off", "户主不能随分户迁出，请先办理户主变更。")


def a_household_has_a_head_first(head_id: str | None) -> None:
    """While a household waits for a head nobody joins it or splits off: there is nobody to be related to."""
    if head_id is None:
        raise Rejected("household.without_head", "这一户还没有户主，请先确定户主再办理。")


def a_household_does_not_join_itself(same: bool) -> None:
    """Two households are joined, not one (并户)."""
    if same:
        raise Rejected("household.joins_itself", "请选择另外一户来合并。")


def a_head_waits_for_few_answers(waiting: int) -> None:
    """The village is asked for a few things at a time."""
    if waiting >= MOST_WAITING:
        raise Rejected("household.too_many_asks", "本户已有 5 项请求等待村里答复，请等答复后再提。")


def one_thing_is_asked_once(asked_already: bool) -> None:
    """What waits for an answer is not asked again."""
    if asked_already:
        raise Conflict("household.asked_already", "这项请求正在等待村里答复，请勿重复提交。")


def a_head_does_not_ask_to_leave(is_head: bool) -> None:
    """The household of a head who leaves needs another head first, whom the village names."""
    if is_head:
        raise Rejected("household.head_leaves", "户主不能申请移出自己，请到村委会办理户主变更。")


def only_a_waiting_ask_is_decided(state: str) -> None:
    """An ask is decided once."""
    if state != "waiting":
        raise Conflict("household.ask_decided", "这项请求已经有了结果，请刷新后查看。", state=state)


def _no_such_resident() -> NotFound:
    return NotFound("household.person_not_found", "本村没有这位居民，请核对编号。")
