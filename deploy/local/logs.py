"""Reading the logs of a stack as a person reads: one short line each, or what belongs to one request.

make logs                          the last lines of every process, and what comes
make logs ARGS="identity market"   of some processes
make logs ARGS=json                as it is written, one JSON object a line
make logs ARGS="request=4f0c..."   everything that was done for one request, in its order, whichever process did it
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from deploy.local.folders import Folder, shown
from deploy.local.refusal import Refusal

LINES = "20"
FIRST = ("time", "level", "process", "message", "logger", "correlation", "request_id")
"""What has a place of its own in a line, or none."""

REQUEST = "request="


class Wanted(NamedTuple):
    """What the arguments ask for."""

    files: list[Path]
    raw: bool
    request: str


def read(folder: Folder, arguments: list[str]) -> int:
    """Follow the logs, or find a request in them; Refusal where there is no such log."""
    wanted = _wanted(folder, arguments)
    if wanted.request:
        return _find(wanted)
    command = ["tail", "-q", "-n", LINES, "-F", *map(str, wanted.files)]
    if wanted.raw:
        os.execvp("tail", command)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as tail:
        assert tail.stdout is not None
        _print(readable(line) for line in tail.stdout)
    return 0


def _wanted(folder: Folder, arguments: list[str]) -> Wanted:
    there = {path.stem: path for path in sorted(folder.logs.glob("*.log"))}
    if not there:
        raise Refusal("there are no logs yet: start the platform with `make run`")
    names = [one for one in arguments if one != "json" and not one.startswith(REQUEST)]
    wrong = [name for name in names if name not in there]
    if wrong:
        raise Refusal(f"there is no log of {wrong[0]} in {shown(folder.logs)}: there are {', '.join(there)}")
    request = next((one.removeprefix(REQUEST) for one in arguments if one.startswith(REQUEST)), "")
    return Wanted([there[name] for name in names or there], "json" in arguments, request)


def _find(wanted: Wanted) -> int:
    """Print what was done for a request; exit code 1 where nothing is found."""
    found = sorted(line for path in wanted.files for line in of_request(path, wanted.request))
    _print(line if wanted.raw else readable(line) for _, line in found)
    if not found:
        print(f"no log speaks of the request {wanted.request}", file=sys.stderr)
    return 0 if found else 1


def of_request(path: Path, request: str) -> Iterator[tuple[str, str]]:
    """Find the lines that name a request, each with its time."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if request in line:
                one = _object(line) or {}
                if request in (one.get("correlation"), one.get("request_id")):
                    yield str(one.get("time", "")), line


def readable(line: str) -> str:
    """Write a line for a person: time, level, process, message, then what else it holds; what is no JSON stays."""
    one = _object(line)
    if one is None:
        return line.rstrip("\n")
    time = str(one.get("time", ""))[11:19]
    more = " ".join(f"{name}={_short(value)}" for name, value in one.items() if name not in FIRST)
    request = one.get("request_id") or one.get("correlation") or ""
    named = f" [{request}]" if request else ""
    return f"{time} {one.get('level', ''):<7} {one.get('process', ''):<9} {one.get('message', '')}  {more}{named}".rstrip()


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _object(line: str) -> dict | None:
    try:
        one = json.loads(line)
    except ValueError:
        return None
    return one if isinstance(one, dict) and "message" in one else None


def _print(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            print(line.rstrip("\n"), flush=True)
    except (BrokenPipeError, KeyboardInterrupt):
        # whoever read has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
