"""A move to another village: the old one lets go, the new one accepts; until then the old one is in charge."""

from datetime import datetime

from services.chassis.core.errors import Conflict
from services.identity.people.residents.requests import (
    Requesting,
    something_is_really_asked_for,
    there_is_such_a_request,
)

MOVE = "move"
WAS_SPLIT = "您申请迁入的村已经拆分，请重新选择迁入的村后再申请。"


class Moving(Requesting):
    """Asking to move, and the answers of both villages."""

    def ask_move(self, to: str, reason: str, now: datetime, edition: str = "") -> list[tuple[str, dict]]:
        """Ask the old village to let go; `to` is read in `edition`."""
        only_a_certified_resident_moves(self)
        something_is_really_asked_for(to != self.region)
        place = {"to": to, "edition": edition or self.edition}
        self._ask({"kind": MOVE, **place, "asked_at": now, "released_at": None}, reason)
        return self._tell("move_asked", to=to)

    def release(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The old village lets go; from now on the new one sees who wants to come."""
        there_is_such_a_request(self, MOVE)
        a_village_lets_go_once(self)
        self.request = {**self.request, "released_by": official, "released_at": now}
        return self._tell("released", to=self.request["to"])

    def accept_move(self, official: str, in_turn: bool, now: datetime) -> list[tuple[str, dict]]:
        """The new village takes her; the region changes with this write."""
        there_is_such_a_request(self, MOVE)
        nobody_is_accepted_before_the_old_village_lets_go(self)
        only_the_village_whose_turn_it_is_decides(in_turn)
        before, asked = self.region, self._settle("accepted", None, official, now)
        self.region, self.edition, self.awaiting = asked["to"], asked.get("edition", self.edition), None
        return self._tell("moved", before=before)

    def refuse_move(self, official: str, in_turn: bool, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The village whose turn it is does not agree, and says why."""
        there_is_such_a_request(self, MOVE)
        only_the_village_whose_turn_it_is_decides(in_turn)
        return self._tell("move_refused", to=self._settle("refused", reason, official, now)["to"])

    def cancel_move(self, now: datetime) -> list[tuple[str, dict]]:
        """The resident stays."""
        there_is_such_a_request(self, MOVE)
        return self._tell("move_cancelled", to=self._settle("withdrawn", None, self.id, now)["to"])

    def lose_the_way(self, now: datetime) -> list[tuple[str, dict]]:
        """The village asked for was split: nobody can tell which part was meant, and the resident asks anew."""
        there_is_such_a_request(self, MOVE)
        return self._tell("move_refused", to=self._settle("refused", WAS_SPLIT, "system", now)["to"])

    @property
    def arriving_in(self) -> str | None:
        """Give the village that has to accept, once the old one has let go."""
        released = self.request and self.request["kind"] == MOVE and self.request["released_at"]
        return self.request["to"] if released else None


def only_a_certified_resident_moves(resident) -> None:
    """Who waits or was rejected names another village in the second try."""
    if resident.state != "certified":
        raise Conflict("resident.move_not_certified", "认证通过后才能申请迁移。", state=resident.state)


def a_village_lets_go_once(resident) -> None:
    """After the release it is the new village's turn."""
    if resident.request["released_at"]:
        raise Conflict("resident.released_already", "已经同意迁出，正等待迁入村办理。")


def only_the_village_whose_turn_it_is_decides(in_turn: bool) -> None:
    """Once the old village has let go, it cannot hold her back, nor accept her in the new one's name."""
    if not in_turn:
        raise Conflict("resident.not_in_turn", "现在由另一个村办理，请刷新后查看。")


def nobody_is_accepted_before_the_old_village_lets_go(resident) -> None:
    """A new village cannot take somebody from an old one."""
    if not resident.request["released_at"]:
        raise Conflict("resident.not_released", "迁出村还没有同意，请等待。")
