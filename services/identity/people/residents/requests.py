"""What a resident asks of the own entry: one thing at a time, so that nobody decides on what another thing changes."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Rejected
from services.identity.people.residents.entry import Entry
from services.identity.people.residents.words import Wording


class Requesting(Wording):
    """`request` is what is asked now, {kind, asked_at, ...}; `answer` what became of the last one.

    `wanted` are the new values of a correction: they tell of the person, the request beside them does not.
    """

    def _ask(self, request: dict, reason: str | None = None) -> None:
        only_one_request_at_a_time(self)
        self.request, self.answer = request, None
        self.say("request", reason)
        self.forget_words("answer")

    def _settle(self, request: dict, outcome: str, reason: str | None, by: str, now: datetime) -> None:
        self.request, self.wanted = None, None
        self.forget_words("request")
        self.say("answer", reason)
        decided = {"decided_by": by, "decided_at": now}
        self.answer = {"kind": request["kind"], "outcome": outcome, **decided}


def only_one_request_at_a_time(resident: Entry) -> None:
    """Who wants another thing withdraws the first or waits for its answer."""
    if resident.request:
        raise Conflict(
            "resident.request_open",
            "您还有一项申请正在办理，请先等待结果或撤回。",
            kind=resident.request["kind"],
        )


def there_is_such_a_request(resident: Entry, kind: str) -> dict:
    """What is decided or withdrawn must be asked at this moment; gives what is asked."""
    if not resident.request or resident.request["kind"] != kind:
        raise Conflict("resident.no_such_request", "没有这项待办的申请，请刷新后查看。", kind=kind)
    return resident.request


def something_is_really_asked_for(changes: bool) -> None:
    """Nobody asks for what is so already."""
    if not changes:
        raise Rejected("resident.nothing_changes", "申请的内容与现在登记的相同，无需办理。")
