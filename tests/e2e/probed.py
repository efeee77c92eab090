"""Processes of a platform that tell of themselves, each on a port of its own."""

from collections.abc import Iterable

import requests
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from deploy.local import ports
from deploy.local.processes import Child
from tests.e2e.platform import Platform


class Probed:
    """Some processes of a platform, each with a port of its own for probes."""

    def __init__(self, platform: Platform, names: Iterable[str], **more: str):
        self.platform, self.names = platform, tuple(names)
        self.ports: dict[str, int] = {}
        self.children: dict[str, Child] = {}
        commands = platform.commands()
        for name in self.names:
            self.ports[name] = ports.choose({platform.port, *self.ports.values()})
            env = {**platform.env, **more, "PROBE_PORT": str(self.ports[name])}
            self.children[name] = Child(name, commands[name], env, platform.folder)
            self.children[name].start()

    def says(self, name: str, path: str) -> int:
        """Give the status that a process answers, 0 where it answers nothing."""
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=3).status_code
        except requests.RequestException:
            return 0

    def wait_until(self, status: int, path: str, names: Iterable[str] = ()) -> None:
        """Wait until each of them answers so."""
        for name in names or self.names:
            self.platform.wait_for(
                lambda name=name: self.says(name, path) == status, 90, lambda n=name: f"for {n}"
            )

    def samples(self, name: str) -> list[Sample]:
        """Give everything that a process tells on /metrics."""
        told = requests.get(f"http://127.0.0.1:{self.ports[name]}/metrics", timeout=10)
        assert told.status_code == 200, told.text
        return [one for family in text_string_to_metric_families(told.text) for one in family.samples]

    def value(self, name: str, series: str, **labels: str) -> float | None:
        """Give the sum of a series over all samples with these labels; None where there is none."""
        found = [
            one.value
            for one in self.samples(name)
            if one.name == series and labels.items() <= one.labels.items()
        ]
        return sum(found) if found else None

    def wait_value(self, name: str, series: str, wanted, **labels: str) -> None:
        """Wait until a series is what is wanted: a number, or whatever a function of it finds true."""
        look = wanted if callable(wanted) else lambda value: value == wanted
        self.platform.wait_for(
            lambda: (value := self.value(name, series, **labels)) is not None and look(value),
            60,
            lambda: f"for {series} {labels} of {name}: {self.value(name, series, **labels)}",
        )
