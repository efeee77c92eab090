"""What follows a rejection: an appeal to the town, or a second try with what was wrong put right."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.people.residents.entry import Entry
from services.identity.people.residents.levels import Levels


class Appealing(Levels):
    """The part of a resident's life after a rejection."""

    def appeal_to_town(self, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """Ask the town to decide; raises Conflict where there is no rejection to appeal, Rejected where it is too late."""
        nobody_asks_again_while_the_town_looks(self)
        only_a_rejection_is_appealed_and_only_once(self)
        an_appeal_comes_in_time(self, now)
        self.state = "appealed"
        self.appeal = {"appealed_at": now, "decided_at": None}
        self.say("appeal", reason)
        return self._events("appealed")

    def uphold(self, official: str, answer: str, now: datetime) -> list[tuple[str, dict]]:
        """The town leaves the rejection as it is; a second try stays possible."""
        self._answer(official, answer, now)
        self.state = "rejected"
        return self._events("rejection_upheld")

    def overturn(self, official: str, answer: str, now: datetime) -> list[tuple[str, dict]]:
        """The town vouches in the village's place."""
        self._answer(official, answer, now)
        self.decided_by, self.decided_at = official, now
        return self._vouched()

    def try_again(self, corrected: dict, decide_by: datetime) -> list[tuple[str, dict]]:
        """Wait for a village once more; `corrected` are the fields that change."""
        nobody_asks_again_while_the_town_looks(self)
        only_a_rejected_resident_tries_again(self)
        for name, value in corrected.items():
            setattr(self, name, value)
        if "id_number_hash" in corrected:
            self.claims = None
        self.state, self.decide_by = "pending", decide_by
        self.reason = self.decided_by = self.decided_at = None
        self.escalated_at = self.appeal_by = self.appeal = None
        self.forget_words("appeal", "appeal_answer")
        return self._events("tried_again")

    def _answer(self, official: str, answer: str, now: datetime) -> None:
        appeal = only_an_open_appeal_is_decided(self)
        nobody_decides_on_an_appeal_against_the_own_decision(self, official)
        self.appeal = {**appeal, "decided_at": now}
        self.say("appeal_answer", answer)


def nobody_asks_again_while_the_town_looks(resident: Entry) -> None:
    """Who has appealed waits for the answer: neither another appeal nor a second try leads on meanwhile."""
    if resident.state == "appealed":
        raise Conflict(
            "resident.appeal_open", "您的申诉镇上正在办理，请等待答复，不用再次提交。", state=resident.state
        )


def only_a_rejection_is_appealed_and_only_once(resident: Entry) -> None:
    """The town's answer to an appeal is final; what was wrong can be put right in a second try."""
    if resident.state != "rejected" or resident.appeal:
        raise Conflict(
            "resident.nothing_to_appeal",
            "目前没有可以申诉的审核结果；认证没有通过的，可以更正后重新提交。",
            state=resident.state,
        )


def an_appeal_comes_in_time(resident: Entry, now: datetime) -> None:
    """The time for an appeal is a setting; its default is that of 行政复议法 (2023) art. 20."""
    if resident.appeal_by is not None and now > resident.appeal_by:
        raise Rejected("resident.appeal_too_late", "申诉期限已过，请更正资料后重新提交认证。")


def only_an_open_appeal_is_decided(resident: Entry) -> dict:
    """An appeal is decided once; gives the appeal."""
    if resident.state != "appealed" or resident.appeal is None:
        raise Conflict("resident.no_open_appeal", "没有待处理的申诉，请刷新名单。", state=resident.state)
    return resident.appeal


def nobody_decides_on_an_appeal_against_the_own_decision(resident: Entry, official: str) -> None:
    """Where the town itself rejected, another administrator or the county decides."""
    if resident.decided_by == official:
        raise Forbidden("resident.own_decision_appealed", "这是您本人作出的决定，请由其他管理员处理申诉。")


def only_a_rejected_resident_tries_again(resident: Entry) -> None:
    """Who waits or is certified has nothing to try again; while the town decides, one waits for it."""
    if resident.state != "rejected":
        raise Conflict(
            "resident.not_rejected",
            "只有认证未通过时才能重新提交，请刷新后查看当前状态。",
            state=resident.state,
        )
