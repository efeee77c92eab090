"""How an entry ends: a death or a deactivation that the village reports and the town confirms, or a merge by the county."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.people.residents.doubles import Doubling
from services.identity.people.residents.entry import Entry
from services.identity.people.residents.phones import Phoning
from services.identity.people.residents.words import Wording

ENDED = ("deceased", "deactivated", "merged", "erased")


class Ending(Doubling, Wording, Phoning):
    """`report` is what the village says and nobody has confirmed, `ended` how it ended, with the state before."""

    def report_end(self, kind: str, reason: str, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The village reports a death, or that the entry must not be used any more; nothing changes yet."""
        only_a_living_entry_is_ended(self)
        one_report_at_a_time(self)
        self.report = {"kind": kind, "reported_by": official, "reported_at": now}
        self.say("report", reason)
        return self._events("end_reported", kind=kind)

    def dismiss_end(self) -> list[tuple[str, dict]]:
        """The report was wrong: nothing has happened."""
        there_is_a_report(self)
        self.report = None
        self.forget_words("report")
        return self._events("end_dismissed")

    def confirm_end(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The town confirms; what was asked for ends with the entry."""
        report = there_is_a_report(self)
        nobody_confirms_the_own_report(report, official)
        kind = report["kind"]
        ended = {**report, "confirmed_by": official, "before": self.state, "at": now}
        self._end(kind, ended, self.words.get("report"))
        return self._events(kind)

    def reactivate(self, official: str, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """It was an error: the entry goes on as it was before."""
        ended = only_a_death_or_deactivation_is_undone(self)
        self.hold_number()
        self.state = ended["before"]
        self.ended = None
        self.revived = {"by": official, "at": now}
        self.forget_words("ended")
        self.say("revived", reason)
        return self._events("reactivated")

    def merge_into(self, survivor: str, official: str, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The county finds that this entry and the survivor's are one person's; this one ends for good."""
        only_a_living_entry_is_ended(self)
        nobody_is_merged_with_the_own_entry(self, survivor)
        ended = {
            "kind": "merged",
            "confirmed_by": official,
            "before": self.state,
            "at": now,
        }
        self._end("merged", ended, reason)
        self.merged_into = survivor
        return self._events("merged", into=survivor)

    @property
    def is_living(self) -> bool:
        """Whether somebody may sign in with this entry."""
        return self.state not in ENDED

    def _end(self, state: str, ended: dict, reason: str | None) -> None:
        self.state, self.ended = state, ended
        self.report = self.request = self.wanted = None
        self.leave_phone()
        self.forget_words("report", "request")
        self.say("ended", reason)


def only_a_living_entry_is_ended(resident: Ending) -> None:
    """What has ended does not end again."""
    if not resident.is_living:
        raise Conflict("resident.ended_already", "该账号已经停用，请刷新后查看。", state=resident.state)


def one_report_at_a_time(resident: Entry) -> None:
    """The town answers one report before the next."""
    if resident.report:
        raise Conflict(
            "resident.reported_already", "已经上报，正等待镇上核实。", kind=resident.report["kind"]
        )


def there_is_a_report(resident: Entry) -> dict:
    """Only what the village reported is confirmed or dismissed; gives the report."""
    if not resident.report:
        raise Conflict("resident.no_report", "没有待核实的上报，请刷新名单。")
    return resident.report


def nobody_confirms_the_own_report(report: dict, official: str) -> None:
    """Two persons are needed to end an entry."""
    if report["reported_by"] == official:
        raise Forbidden("resident.own_report", "不能核实自己的上报，请由其他工作人员办理。")


def only_a_death_or_deactivation_is_undone(resident: Entry) -> dict:
    """What lives needs no reactivation; a merged entry goes on in the survivor's. Gives how it ended."""
    if resident.state not in ("deceased", "deactivated") or resident.ended is None:
        raise Conflict("resident.not_deactivated", "该账号没有停用，无需恢复。", state=resident.state)
    return resident.ended


def nobody_is_merged_with_the_own_entry(resident: Entry, survivor: str) -> None:
    """Two entries are needed."""
    if resident.id == survivor:
        raise Rejected("resident.merge_with_itself", "请选择两个不同的账号。")


def a_survivor_lives(lives: bool) -> None:
    """Nobody is merged into an entry that has ended, not even at this moment."""
    if not lives:
        raise Conflict("resident.survivor_ended", "保留的账号已经停用，请刷新后重新选择。")
