"""What a process tells of itself on /metrics, in Prometheus' text format: each series is declared once, where it is counted.

Labels are a closed list, and none tells of a person: a route is the pattern of its address, a queue its name. Where several processes answer
under one port, as the gateway's workers do, each counts into files of PROMETHEUS_MULTIPROC_DIR and their master tells the sum; it is set
before this is imported (`gateway/gunicorn.conf.py`).
"""

import os
from collections.abc import Iterator

import psutil
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from services.chassis import __version__

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The bounds of a histogram of seconds where nothing else is said."""

disable_created_metrics()
REGISTRY = CollectorRegistry()
DECLARED: dict[str, tuple[str, tuple[str, ...]]] = {}
"""Every series by name, with its kind and its labels."""


def counter(name: str, meaning: str, *labels: str) -> Counter:
    """Declare what is only ever counted up; its name ends in _total."""
    DECLARED[name] = "counter", labels
    return Counter(name, meaning, labels, registry=REGISTRY)


def histogram(name: str, meaning: str, *labels: str, bounds: tuple[float, ...] = SECONDS) -> Histogram:
    """Declare durations, counted by how long they are."""
    DECLARED[name] = "histogram", labels
    return Histogram(name, meaning, labels, buckets=bounds, registry=REGISTRY)


def gauge(name: str, meaning: str, *labels: str) -> Gauge:
    """Declare what goes up and down."""
    DECLARED[name] = "gauge", labels
    return Gauge(name, meaning, labels, registry=REGISTRY)


class OfTheProcess(Collector):
    """What every process tells, its children's memory with its own."""

    KINDS = {
        "xiangzhi_build_info": ("version",),
        "process_start_time_seconds": (),
        "process_resident_memory_bytes": (),
    }

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the three."""
        build = GaugeMetricFamily("xiangzhi_build_info", "1; the version of the program", labels=["version"])
        build.add_metric([__version__], 1)
        yield build
        process = psutil.Process()
        began = "when the process began, in seconds since 1970"
        yield GaugeMetricFamily("process_start_time_seconds", began, value=process.create_time())
        held = sum(map(_memory, [process, *process.children(recursive=True)]))
        yield GaugeMetricFamily("process_resident_memory_bytes", "memory that the process holds", value=held)


DECLARED |= {name: ("gauge", labels) for name, labels in OfTheProcess.KINDS.items()}
REGISTRY.register(OfTheProcess())


def exposition() -> bytes:
    """Give everything that there is to tell now; asks nobody outside the process."""
    folder = os.environ.get(SHARED_FOLDER)
    if not folder:
        return generate_latest(REGISTRY)
    of_all = CollectorRegistry()
    MultiProcessCollector(of_all, folder)
    of_all.register(OfTheProcess())
    return generate_latest(of_all)


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0  # it has just ended
