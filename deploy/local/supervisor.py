"""Keeping the processes alive: restart with growing pauses, give up loudly when that does not help."""

from __future__ import annotations

import time
from typing import NoReturn

from deploy.local.folders import Folder, shown
from deploy.local.processes import Child, end_recorded
from deploy.local.progress import say

DEATHS_A_MINUTE = 5
LONGEST_PAUSE = 8.0


class Supervisor:
    """All processes of one stack."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.children: list[Child] = []

    def adopt(self, children: list[Child]) -> None:
        """Watch over processes that are started already."""
        self.children += children

    def must_live(self) -> None:
        """Refuse when any process has ended, which while starting is never right."""
        for child in self.children:
            child.must_live()

    def tick(self) -> None:
        """Restart what has died; Refusal when one process dies too often."""
        now = time.monotonic()
        for child in self.children:
            if child.ended is None:
                continue
            if not child.due:
                self._plan(child, now)
            elif now >= child.due:
                child.due = 0.0
                child.start()

    def _plan(self, child: Child, now: float) -> None:
        deaths = child.mark_death()
        if deaths >= DEATHS_A_MINUTE:
            raise child.died(f"died {deaths} times within a minute, so everything was stopped")
        pause = min(0.5 * 2 ** (deaths - 1), LONGEST_PAUSE)
        child.due = now + pause
        how = f"exit code {child.ended}, log: {shown(child.log)}"
        say(f"{child.name} ended ({how}); it is started again in {pause:.1f} s")

    def run(self, child: Child, keep_alive: bool = False) -> int:
        """Run a step to its end and return its exit code, watching over the others meanwhile.

        While starting (`keep_alive` False) a death elsewhere is a Refusal, later it is a restart.
        """
        child.start()
        while child.ended is None:
            self.tick() if keep_alive else self.must_live()
            time.sleep(0.1)
        child.register.remove(child.name)
        return child.ended

    def forever(self) -> NoReturn:
        """Watch until KeyboardInterrupt, or until a process cannot be kept alive."""
        while True:
            self.tick()
            time.sleep(0.3)

    def end(self) -> list[str]:
        """End everything, applications before database and broker; return the names of what still ran."""
        return end_recorded(self.folder)
