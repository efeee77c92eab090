"""Which TCP ports of this machine the stack listens on, always on 127.0.0.1 only."""

from __future__ import annotations

import json
import os
import random
import socket

from deploy.local.folders import Folder, read_json, write_private
from deploy.local.refusal import Refusal
from services.chassis.core.cleaning import is_number

HOST = "127.0.0.1"
# Below what the kernel hands to outgoing connections, so that none of those sits on a remembered port.
RANGE = range(20_000, 30_000)
OWN = 500
"""Ports that each process looks at first: what two of them choose at the same moment, and nobody listens on yet, differs."""
_given: set[int] = set()


def is_free(port: int) -> bool:
    """Tell whether this user could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose(taken: set[int]) -> int:
    """Return a free port that is not among `taken`, and none that this process was given before."""
    first = os.getpid() * OWN % len(RANGE)
    for port in (*random.sample(RANGE[first : first + OWN], 200), *random.sample(RANGE, 400)):
        if port not in taken | _given and is_free(port):
            _given.add(port)
            return port
    raise Refusal(f"no free port between {RANGE[0]} and {RANGE[-1]}: stop some programs and try again")


def remembered(folder: Folder, *names: str) -> dict[str, int]:
    """Return a port for each name: the one of last time, or another if that has been taken meanwhile."""
    path = folder.path / "ports.json"
    known: dict[str, int] = read_json(path)
    for name in names:
        if name not in known or not is_free(known[name]):
            known[name] = choose(set(known.values()))
    folder.make()
    write_private(path, json.dumps(known, indent=1))
    return {name: known[name] for name in names}


def gateway_port(text: str) -> int:
    """Return the port the gateway shall listen on, refused when it is no port or is taken."""
    if not is_number(text) or not 0 < int(text) < 65_536:
        raise Refusal(f"PORT is {text!r}, which is no port: give a number, for instance `make run PORT=8081`")
    port = int(text)
    if not is_free(port):
        why = "needs root" if port < 1024 else "is taken by another program"
        raise Refusal(f"port {port} {why}: free it, or choose another one with `make run PORT=8081`")
    return port
