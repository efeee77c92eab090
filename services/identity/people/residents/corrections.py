"""Name, phone and number are corrected when an official agrees: the village, and for the number of a paper the town."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden
from services.identity.people.residents.entry import Entry
from services.identity.people.residents.levels import Levels
from services.identity.people.residents.phones import Phoning
from services.identity.people.residents.requests import (
    Requesting,
    something_is_really_asked_for,
    there_is_such_a_request,
)

CORRECTION = "correction"


class Correcting(Requesting, Levels, Phoning):
    """Asking for a correction, and its answer; `wanted` holds the new values, an event only what they are of."""

    def ask_correction(self, what: str, values: dict, now: datetime) -> list[tuple[str, dict]]:
        """Ask that `values` replace what is there; `what` is name, phone or id_number."""
        only_who_waits_or_is_certified_asks_for_a_correction(self)
        now_held = {"id_number_hash": self.own_number_hash, "ending_hash": values.get("ending_hash")}
        now_held["of_age_at"] = values.get("of_age_at")
        changes = (now_held.get(name, getattr(self, name)) != value for name, value in values.items())
        something_is_really_asked_for(any(changes))
        self._ask({"kind": CORRECTION, "what": what, "asked_at": now})
        self.wanted = values
        return self._events("correction_asked", what=what)

    def approve_correction(self, official: str, may_as_town: bool, now: datetime) -> list[tuple[str, dict]]:
        """Replace what is there; an ID number may meanwhile be another's, which the store says."""
        request = there_is_such_a_request(self, CORRECTION)
        only_the_town_corrects_a_number(request, may_as_town)
        values = self.wanted or {}
        self._settle(request, "approved", None, official, now)
        changed = self.leave_for(values.get("phone", self.phone), now) if request["what"] == "phone" else []
        for name, value in values.items():
            setattr(self, name, value)
        if request["what"] == "id_number":
            self.claims = None
        if request["what"] == "phone":
            self.name_unproven_phone()
        else:
            self.forget_match()
        return [*self._events("corrected", what=request["what"]), *changed]

    def refuse_correction(
        self, official: str, may_as_town: bool, reason: str, now: datetime
    ) -> list[tuple[str, dict]]:
        """Leave it as it is, and say why."""
        request = there_is_such_a_request(self, CORRECTION)
        only_the_town_corrects_a_number(request, may_as_town)
        self._settle(request, "refused", reason, official, now)
        return self._events("correction_refused", what=request["what"])

    def withdraw_correction(self, now: datetime) -> list[tuple[str, dict]]:
        """The resident wants it no more."""
        request = there_is_such_a_request(self, CORRECTION)
        self._settle(request, "withdrawn", None, self.id, now)
        return self._events("correction_withdrawn", what=request["what"])


def only_who_waits_or_is_certified_asks_for_a_correction(resident: Entry) -> None:
    """After a rejection the second try corrects; an ended entry is corrected by nobody."""
    if resident.state not in ("pending", "certified"):
        raise Conflict(
            "resident.correct_in_second_try", "当前状态不能申请更正，请先查看认证结果。", state=resident.state
        )


def only_the_town_corrects_a_number(request: dict, may_as_town: bool) -> None:
    """Whoever takes another number becomes another person: that is not for the own village alone."""
    if request["what"] == "id_number" and not may_as_town:
        raise Forbidden("resident.number_needs_town", "证件号码的更正须由镇上办理。")
