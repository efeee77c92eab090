"""What the head of deploy/compose.yaml tells a person to type, as it is run here; and what the file asks for. Pure.

Two words are told otherwise, as the head says for podman. `--build`: the image is built before, without a registry. `--wait`: podman-compose
takes a service that has done its work for one that never comes up, and podman starts nothing that requires such a one; so everything is started
at once, what comes too early is started again by its policy, and health is waited for by the rehearsal itself.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deploy.local.refusal import Refusal

PROFILE = "platform"
OURS = "XIANGZHI_IMAGE"
"""The variable that names the platform's image."""

INSTEAD = {"--build": (), "--wait": ("--detach", "--no-deps")}
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
PART = "([0-9]+)(ms|s|m|h)"


class Unfollowable(Refusal):
    """The file asks for something that this rehearsal does not do; the message names it."""


@dataclass(frozen=True)
class Check:
    """A health check: how often it is done, and how many failures in a row are one; seconds."""

    every: float
    retries: int


def commands(text: str) -> list[list[str]]:
    """Give the commands of the file's head, in their order: what is indented there."""
    lines = [line.removeprefix("#   ") for line in _head(text) if line.startswith("#   ")]
    return [shlex.split(line) for line in lines]


def _head(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def way(text: str) -> tuple[list[str], list[str], list[str]]:
    """Give the three commands of the way with everything in containers: secrets, up, and the first official.

    Raises Unfollowable where the head does not tell them, in this order.
    """
    told = commands(text)
    found: list[list[str]] = []
    for name, words in (
        ("make the secrets", ("make_secrets.py",)),
        (f"start the profile {PROFILE}", ("--profile", PROFILE, "up")),
        ("appoint the first official", ("--profile", PROFILE, "exec", "--first")),
    ):
        at = next((at for at, one in enumerate(told) if all(_holds(one, word) for word in words)), None)
        if at is None:
            raise Unfollowable(f"the head of compose.yaml does not say how to {name}, or says it too early")
        found.append(told[at])
        told = told[at + 1 :]
    return found[0], found[1], found[2]


def _holds(command: list[str], word: str) -> bool:
    return any(one == word or one.endswith(f"/{word}") for one in command)


def composed(command: list[str], program: str) -> list[str]:
    """Give a `docker compose` command as one of `program`. Raises Unfollowable where it is none."""
    if command[:2] != ["docker", "compose"]:
        raise Unfollowable(f"{shlex.join(command)} is no command of docker compose")
    words = [word for one in command[2:] for word in INSTEAD.get(one, (one,))]
    if "exec" in words:
        # nobody sits at a terminal
        words.insert(words.index("exec") + 1, "-T")
    return [program, *words]


def seconds(told: str) -> float:
    """Give a duration of the compose specification: 1m30s is 90."""
    if not re.fullmatch(rf"(?:{PART})+", told):
        raise Unfollowable(f"{told!r} is no duration")
    return sum(float(number) * UNITS[unit] for number, unit in re.findall(PART, told))


def checks(compose: Mapping) -> dict[str, Check]:
    """Give the health check of each service that has one."""
    return {
        name: Check(seconds(one["healthcheck"]["interval"]), one["healthcheck"]["retries"])
        for name, one in compose["services"].items()
        if "healthcheck" in one
    }


def once(compose: Mapping) -> set[str]:
    """Give the services that do their work and end: another one waits for that."""
    return {
        needed
        for one in compose["services"].values()
        for needed, how in one.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }


def stand_ins(compose: Mapping, known: set[str]) -> dict[str, str]:
    """Give the images that are not ours, by service. Raises Unfollowable for one that nobody here stands in for."""
    others = {
        name: one["image"]
        for name, one in compose["services"].items()
        if not one["image"].startswith(f"${{{OURS}")
    }
    for name in sorted(others.keys() - known):
        raise Unfollowable(f"nothing stands in for {others[name]} of {name}")
    return others


def container(compose: Mapping, service: str) -> str:
    """Give the name of a service's container."""
    return f"{compose['name']}_{service}_1"
