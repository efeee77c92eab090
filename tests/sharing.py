"""Which tests share what is costly to make: together they run in one of the processes of the suite."""

from xdist.scheduler import LoadScopeScheduling

COSTLY = (
    "tests/e2e",
    "tests/e2e/web",
    "tests/e2e/web/attacks",
    "tests/e2e/web/officials",
    "tests/e2e/test_authorization.py",
    "tests/upgrade",
    "tests/integration/queries",
    "tests/e2e/test_restore.py",
    "tests/e2e/test_own_users.py",
    "tests/e2e/test_faults.py",
    "tests/e2e/test_edition_switch.py",
)
"""Where a running platform or a made-up county is shared, in the order in which they begin: what takes longest first."""


def shared_by(path: str) -> str:
    """Give what a test's file shares with others: the nearest costly thing, or nothing outside the file."""
    near = [one for one in COSTLY if path == one or path.startswith(f"{one}/")]
    return max(near, key=len, default=path)


def rank(path: str) -> int:
    """Give when the tests of a file begin: no process is left with a costly thing at the end."""
    shared = shared_by(path)
    return COSTLY.index(shared) if shared in COSTLY else len(COSTLY)


class BySharing(LoadScopeScheduling):
    """Hands whole groups to the processes; xdist's own groups do nothing with this version of pytest."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid.partition("::")[0])
