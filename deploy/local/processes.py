"""Reading Procfiles, and one child process with its log and its place in the register."""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from deploy.local import pids, signals
from deploy.local.folders import PROJECT, Folder, shown
from deploy.local.progress import header, tail
from deploy.local.refusal import Refusal

LINE = re.compile(r"^(?P<name>[A-Za-z0-9_-]+):\s*(?P<command>\S.*)$")
VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def read_procfile(path: Path, env: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the command of each process by name, with $VARIABLES filled in; an absent file names none.

    Raises Refusal for a line that is no `name: command`, a name used twice or a variable that is not set.
    """
    commands: dict[str, list[str]] = {}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.match(line.strip())
        where = f"{shown(path)} line {number}"
        if found is None:
            raise Refusal(f"{where} is not `name: command`: mend that line")
        if found["name"] in commands:
            raise Refusal(f"{where} names {found['name']} a second time: give it another name")
        commands[found["name"]] = _words(found["command"], env, where)
    return commands


def _words(command: str, env: Mapping[str, str], where: str) -> list[str]:
    def value(match: re.Match) -> str:
        name = match[1] or match[2]
        if name not in env:
            raise Refusal(f"{where} uses ${name}, which is not set: set it or mend that line")
        return env[name]

    # Split first: a value with a blank in it stays one word.
    return [VARIABLE.sub(value, word) for word in shlex.split(command)]


@dataclass
class Child:
    """One process that the stack starts; `quiet` ones write to their log, others to the terminal."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    folder: Folder
    kind: str = "app"
    quiet: bool = True
    process: subprocess.Popen | None = None
    mark: pids.Mark | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=5))
    due: float = 0.0

    @property
    def log(self) -> Path:
        """The file that holds what the process printed."""
        return self.folder.logs / f"{self.name}.log"

    @property
    def register(self) -> pids.Register:
        """The register in which the process is noted."""
        return pids.Register(self.folder.pids)

    def start(self) -> None:
        """Start the process in a session of its own and note it; Refusal when it cannot be executed."""
        with signals.shielded():
            if self.mark is not None:
                # Workers outlive a killed parent for a moment and would hold the port.
                pids.kill_group(self.mark)
            try:
                self.process = self._spawn()
            except OSError as error:
                raise Refusal(
                    f"{self.name} cannot be started ({self.command[0]}: {error.strerror}): mend its command"
                ) from error
            self.mark = pids.mark_of(self.process.pid)
            if self.mark is not None:
                self.register.add(self.name, self.kind, self.mark)

    def _spawn(self) -> subprocess.Popen:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then ends everything in order.
        spawn = partial(
            subprocess.Popen,
            self.command,
            cwd=PROJECT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        if not self.quiet:
            return spawn()
        with self.folder.log(self.name).open("ab") as log:
            log.write(header(self.command))
            log.flush()
            return spawn(stdout=log, stderr=subprocess.STDOUT)

    @property
    def ended(self) -> int | None:
        """The exit code of the process, None while it runs."""
        return self.process.poll() if self.process else None

    def must_live(self) -> None:
        """Refuse, with the end of the log, when the process has already ended."""
        if self.ended is not None:
            raise self.died("died while starting")

    def died(self, how: str) -> Refusal:
        """Return the sentence about this process' death; `how` says when it happened."""
        sentence = (
            f"{self.name} {how} ({_reason(self.ended)}): read {shown(self.log)} and run the command again"
        )
        return Refusal(sentence, tail(self.log))

    def mark_death(self) -> int:
        """Note a death now and return how many deaths fell into the last minute."""
        now = time.monotonic()
        self.deaths.append(now)
        return sum(1 for moment in self.deaths if now - moment < 60)


def _reason(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def end_recorded(folder: Folder, grace: float = 20.0) -> list[str]:
    """End every recorded process of a folder, applications before database and broker; return their names."""
    register = pids.Register(folder.pids)
    ended: list[str] = []
    for kind in ("app", "infra"):
        marks = register.marks(kind)
        ended += [name for name, mark in marks.items() if pids.is_alive(mark)]
        pids.end(marks.values(), grace)
        if marks:
            register.remove(*marks)
    return ended
