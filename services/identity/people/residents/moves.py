"""A move to another village: the old one lets go, the new one accepts; until then the old one is in charge."""

from datetime import datetime

from services.chassis.core.errors import Conflict
from services.identity.people.residents.entry import Entry
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
        return self._events("move_asked", to=to)

    def release(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The old village lets go; from now on the new one sees who wants to come."""
        asked = there_is_such_a_request(self, MOVE)
        a_village_lets_go_once(asked)
        self.request = {**asked, "released_by": official, "released_at": now}
        return self._events("released", to=asked["to"])

    def accept_move(self, official: str, in_turn: bool, now: datetime) -> list[tuple[str, dict]]:
        """The new village takes her; the region changes with this write."""
        asked, before = there_is_such_a_request(self, MOVE), self.region
        nobody_is_accepted_before_the_old_village_lets_go(asked)
        only_the_village_whose_turn_it_is_decides(in_turn)
        self._settle(asked, "accepted", None, official, now)
        self.region, self.edition, self.awaiting = asked["to"], asked.get("edition", self.edition), None
        return self._events("moved", before=before)

    def refuse_move(self, official: str, in_turn: bool, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The village whose turn it is does not agree, and says why."""
        asked = there_is_such_a_request(self, MOVE)
        only_the_village_whose_turn_it_is_decides(in_turn)
        self._settle(asked, "refused", reason, official, now)
        return self._events("move_refused", to=asked["to"])

    def cancel_move(self, now: datetime) -> list[tuple[str, dict]]:
        """The resident stays."""
        asked = there_is_such_a_request(self, MOVE)
        self._settle(asked, "withdrawn", None, self.id, now)
        return self._events("move_cancelled", to=asked["to"])

    def lose_the_way(self, now: datetime) -> list[tuple[str, dict]]:
        """The village asked for was split: nobody can tell which part was meant, and the resident asks anew."""
        asked = there_is_such_a_request(self, MOVE)
        self._settle(asked, "refused", WAS_SPLIT, "system", now)
        return self._events("move_refused", to=asked["to"])

    @property
    def arriving_in(self) -> str | None:
        """The village that has to accept, once the old one has let go."""
        asked = self.request
        return asked["to"] if asked and asked["kind"] == MOVE and asked["released_at"] else None


def only_a_certified_resident_moves(resident: Entry) -> None:
    """Who waits or was rejected names another village in the second try."""
    if resident.state != "certified":
        raise Conflict("resident.move_not_certified", "认证通过后才能申请迁移。", state=resident.state)


def a_village_lets_go_once(asked: dict) -> None:
    """After the release it is the new village's turn."""
    if asked["released_at"]:
        raise Conflict("resident.released_already", "已经同意迁出，正等待迁入村办理，无需再办。")


def only_the_village_whose_turn_it_is_decides(in_turn: bool) -> None:
    """Once the old village has let go, it cannot hold her back, nor accept her in the new one's name."""
    if not in_turn:
        raise Conflict("resident.not_in_turn", "现在由另一个村办理，请刷新后查看。")


def nobody_is_accepted_before_the_old_village_lets_go(asked: dict) -> None:
    """A new village cannot take somebody from an old one."""
    if not asked["released_at"]:
        raise Conflict("resident.not_released", "迁出村还没有同意，请等待。")
