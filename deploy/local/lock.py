"""At most one supervisor per state folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from deploy.local import pids
from deploy.local.folders import Folder
from deploy.local.refusal import Refusal

SUPERVISOR = "supervisor"


@contextlib.contextmanager
def only_one(folder: Folder) -> Iterator[None]:
    """Be this folder's supervisor for the block; Refusal when another process is."""
    folder.make()
    register = pids.Register(folder.pids)
    # The kernel lets go of the lock when its holder dies, however it dies.
    with folder.lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "the platform is already running from this folder: "
                "see `make status`, or end it with `make stop`"
            ) from None
        mark = pids.mark_of(os.getpid())
        if mark is not None:
            register.add(SUPERVISOR, SUPERVISOR, mark)
        try:
            yield
        finally:
            register.remove(SUPERVISOR)


def holder(folder: Folder) -> pids.Mark | None:
    """Return the living supervisor of a folder."""
    return pids.Register(folder.pids).alive(SUPERVISOR).get(SUPERVISOR)
