"""Who had a hand in an application, and of which decision that was set aside it is the second handling; a part of the application (`model.py`).

A decision that a review has set aside is not undone in the application in which it was made: that is what happened, with its events, its paper
and its rating. Another application is opened with everything carried over (`anew.py`), and each names the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Told = list[tuple[str, dict]]


@dataclass
class HandledAgain:
    """`handlers` are the clerks who took a step on it; `reviewed_from` is the application whose decision was set aside, "" where it is no second handling."""

    handlers: list[str] = field(default_factory=list, kw_only=True)
    reviewed_from: str = field(default="", kw_only=True)

    handled_by = claimed_by = ""
    extension: dict | None = None
    """The application's own: nothing here changes them."""

    @property
    def who_handled(self) -> list[str]:
        """Everybody who had a hand in it: who took a step, had it last, decided, or gave more time. What 0.1.0 wrote knows only some of them."""
        head = (self.extension or {}).get("by", "")
        return sorted({*self.handlers, self.handled_by, self.claimed_by, head} - {""})

    def had_in_hand(self, official: str) -> None:
        """Remember who takes a step."""
        if official not in self.handlers:
            self.handlers = [*self.handlers, official]

    def handle_again(self, reviewed_from: str) -> Told:
        """It is the second handling of what was decided in another application; of several the first is named."""
        self.reviewed_from = self.reviewed_from or reviewed_from
        return [("application.reopened", {**self._told(), "reviewed_id": reviewed_from})]

    def _told(self) -> dict:
        """Give what every event of it says."""
        raise NotImplementedError
