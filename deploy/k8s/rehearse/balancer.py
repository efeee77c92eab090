"""What stands before broker, gateways and simulators: haproxy, as Services and an Ingress do in a cluster.

Broker nodes are looked at by haproxy itself; a gateway is in its list exactly while its pod is ready, as the kubelet says.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.k8s.rehearse.podman import found
from deploy.local.folders import Folder
from deploy.local.ports import HOST
from deploy.local.processes import Child
from deploy.local.refusal import Refusal

AMQP, MANAGEMENT = 5672, 15672
SLOTS = 8
"""Gateways at the same time, old and new ones."""
BEGINNING = """\
global
  stats socket {socket} mode 600 level admin
  maxconn 4000
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  option redispatch
"""
NODES = """\
listen {name}
  bind {address}:{port}
  balance leastconn
  default-server check inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions
{servers}
"""
ALONE = """\
listen {name}
  bind {address}:{port}
  server only {target}
"""
GATEWAYS = """\
listen gateways
  mode http
  bind {address}:{port}
  balance roundrobin
  timeout client 60s
  timeout server 60s
  option http-keep-alive
  option forwardfor
  http-reuse safe
{servers}
"""


class Balancer:
    """haproxy on one address, for as long as the run lasts."""

    def __init__(self, folder: Path, address: str):
        self.folder = Folder(folder)
        self.folder.make()
        self.address = address
        # the path of a socket is at most a hundred characters long
        self.socket = Path(f"/tmp/{folder.resolve().name}-{os.getpid()}.sock")
        self.child: Child | None = None
        self._slots: dict[str, int] = {}

    def start(
        self, amqp: Sequence[int], management: Sequence[int], alone: Mapping[int, int], people: int
    ) -> None:
        """Start it before nodes on these ports of this machine; `alone` maps further ports to single ones of this machine.

        People come to `people` on the loopback address: by plain HTTP a browser keeps the platform's cookie there only.
        """
        told = BEGINNING.format(socket=self.socket)
        for name, port, targets in (("amqp", AMQP, amqp), ("management", MANAGEMENT, management)):
            servers = "\n".join(f"  server node{at} 127.0.0.1:{one}" for at, one in enumerate(targets))
            told += NODES.format(name=name, address=self.address, port=port, servers=servers)
        for port, target in alone.items():
            told += ALONE.format(
                name=f"alone{port}", address=self.address, port=port, target=f"127.0.0.1:{target}"
            )
        servers = "\n".join(f"  server slot{at} 127.0.0.1:1 disabled" for at in range(SLOTS))
        told += GATEWAYS.format(address=HOST, port=people, servers=servers)
        path = self.folder.path / "haproxy.cfg"
        path.write_text(told, "utf-8")
        command = [found("haproxy") or "haproxy", "-db", "-f", str(path)]
        self.child = Child("haproxy", command, os.environ.copy(), self.folder, kind="infra")
        self.child.start()
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 20
        while not self.socket.exists():
            if self.child is not None:
                self.child.must_live()
            if time.monotonic() > end:
                raise Refusal("haproxy does not answer within 20 s")
            time.sleep(0.1)

    def add(self, pod: str, address: str, port: int) -> None:
        """Send requests to a gateway from now on."""
        taken = set(self._slots.values())
        slot = self._slots.setdefault(pod, next(at for at in range(SLOTS) if at not in taken))
        self._tell(f"set server gateways/slot{slot} addr {address} port {port}")
        self._tell(f"set server gateways/slot{slot} state ready")

    def drain(self, pod: str) -> None:
        """Send no new requests to a gateway; those that it has are answered."""
        if pod in self._slots:
            self._tell(f"set server gateways/slot{self._slots[pod]} state drain")

    def remove(self, pod: str) -> None:
        """Forget a gateway that has ended."""
        slot = self._slots.pop(pod, None)
        if slot is not None:
            self._tell(f"set server gateways/slot{slot} state maint")

    def _tell(self, command: str) -> str:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            client.connect(str(self.socket))
            client.sendall(f"{command}\n".encode())
            return client.recv(4096).decode()

    def stop(self) -> None:
        """Forget its socket; the process is ended with everything else of its folder."""
        self.socket.unlink(missing_ok=True)
