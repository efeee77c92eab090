"""What each process makes for itself, when it first needs it: threads and connections do not survive a fork."""

import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class PerProcess(Generic[Made]):
    """One object of each process; for any number of threads."""

    def __init__(self, make: Callable[[], Made]):
        self._make = make
        self._making = threading.Lock()
        self._held: tuple[int, Made] | None = None

    def get(self) -> Made:
        """Give this process's object; makes it where there is none yet."""
        held, pid = self._held, os.getpid()
        if held is None or held[0] != pid:
            with self._making:
                held = self._held
                if held is None or held[0] != pid:
                    held = self._held = pid, self._make()
        return held[1]

    def take(self) -> Made | None:
        """Give this process's object and hold it no longer; None where it made none."""
        held, self._held = self._held, None
        return held[1] if held and held[0] == os.getpid() else None
