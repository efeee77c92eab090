"""A platform whose processes are of one version of the project and then of another, on the same broker and databases."""

import tarfile
from pathlib import Path

from deploy.local import pids
from deploy.local.folders import PROJECT
from deploy.local.processes import end_recorded, read_procfile
from tests.e2e.platform import Platform

IN_TREE = 'cd "$0" && PYTHONPATH="$0" exec "$@"'
IN_0_1_0 = {
    "services.chassis.runtime.declare": "services.chassis.declare",
    "services.chassis.runtime.load": "services.chassis.load",
}
"""What the commands that a platform begins with were called in 0.1.0."""
PROCFILES = ("deploy/Procfile", "deploy/local/Procfile")


def unpacked(version: str, folder: Path) -> Path:
    """Unpack a released tree and give its folder."""
    with tarfile.open(Path(__file__).with_name(f"{version}.tar.xz")) as released:
        released.extractall(folder, filter="data")
    return folder / version


class TwoVersions(Platform):
    """What it runs is of `tree`, without what is `spared`; the settings, and thereby the data, stay the same."""

    tree: Path = PROJECT
    spared: frozenset[str] = frozenset()

    def commands(self) -> dict[str, list[str]]:
        """Give the command of every process that the tree's own Procfiles name."""
        found: dict[str, list[str]] = {}
        for name in PROCFILES:
            found |= read_procfile(self.tree / name, self.env)
        return {name: self._within(one) for name, one in found.items() if name not in self.spared}

    def run(self, *command: str) -> str:
        """Run one command of the tree to its end and give what it printed."""
        (self.folder.logs / "step.log").unlink(missing_ok=True)
        known = command if self.tree == PROJECT else [IN_0_1_0.get(word, word) for word in command]
        return super().run(*self._within(known))

    def end(self, *names: str) -> None:
        """End these processes, or all, as a deployment does."""
        if names:
            pids.end([self.children[name].mark for name in names], grace=20)
        else:
            end_recorded(self.folder)

    def _within(self, command) -> list[str]:
        return ["sh", "-c", IN_TREE, str(self.tree), *command]
