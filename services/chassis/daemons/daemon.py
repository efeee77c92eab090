"""A process beside the services that works in turns: woken by what is written, else by a sweep; it survives every outage.

A subclass does what there is to do in one `round`; `main` makes a command of it. SIGTERM and SIGINT end it after its round.
"""

import logging
import os
import signal
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Self, TypeVar

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.amqp.waiting import WakeUpCollector, WakeUpListener, Written
from services.chassis.amqp.wake_ups import OUTBOX
from services.chassis.core import garbage, logs, metrics, probes, tracing
from services.chassis.core.backoff import LONGEST_PAUSE, Backoff, persist
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.daemons.heartbeat import Heartbeat
from services.chassis.daemons.outages import whose

log = logging.getLogger(__name__)

S = TypeVar("S", bound=Settings)

ENDING = (signal.SIGTERM, signal.SIGINT)

LAST_ROUND = metrics.gauge(
    "xiangzhi_round_timestamp_seconds", "when the process ended its last round, in seconds since 1970"
)

MEASURE_SECONDS = 15.0

HUNG_SECONDS = 120.0
"""Without a turn for so long, beside the sweep that it waits for, it hangs: the longest wait for the broker is half a minute."""


class Daemon(ABC):
    """Works for one service until it is stopped, whenever `what` is written there, and every `sweep` seconds."""

    name: ClassVar[str]
    """As its log lines call it."""
    outages: ClassVar[tuple[type[Exception], ...]] = (PyMongoError,)
    pace: ClassVar[float] = 0.05
    """Seconds between two rounds at least: each asks the database, also where nothing is to be done."""

    def __init__(self, settings: Settings, service: str, what: str = OUTBOX, sweep: float = 1.0):
        self.settings = settings
        self.sweep = sweep
        self.wake_ups = WakeUpCollector()
        self.written = Written(set(), True)
        self._listener = WakeUpListener(settings.amqp_uri, service, self.wake_ups.notify, what)
        self._heartbeat: Heartbeat | None = None
        self._next_sweep = self._next_measures = 0.0
        self._turned = time.monotonic()
        self._works = False
        self._stopping = threading.Event()

    @property
    def stopping(self) -> bool:
        """Tell whether it is to end."""
        return self._stopping.is_set()

    @property
    def is_alive(self) -> bool:
        """Tell whether its loop turned lately; an outage is waited out in turns, too."""
        return time.monotonic() - self._turned < self.sweep + HUNG_SECONDS

    @property
    def is_ready(self) -> bool:
        """Tell whether its last round came to its end."""
        return self._works and not self.stopping

    def turn(self) -> None:
        """Say that the loop turns; who has a long round says so between its parts."""
        self._turned = time.monotonic()

    def beats_in(self, database: Database, process: str) -> Self:
        """Let it write there, under the name of its process, that its rounds come to their end."""
        self._heartbeat = Heartbeat(database, process)
        return self

    def beat(self) -> None:
        """Write that it works; who has a long round says so between its parts."""
        if self._heartbeat:
            self._heartbeat.beat()

    def stop(self) -> None:
        """Let it end after what is in hand; safe from any thread."""
        self._stopping.set()
        self.wake_ups.notify()

    def run(self) -> None:
        """Work until `stop`."""
        self._listener.start()
        log.info(f"{self.name} started")
        longest = min(self.sweep, LONGEST_PAUSE)
        persist(self._rounds, self._stopping, self.outages, self._complain, longest)
        self.close()
        self._listener.close()
        log.info(f"{self.name} stopped")

    @abstractmethod
    def round(self) -> int:
        """Do what there is to do; `written` tells where to look. Gives how much was done."""

    def has_more(self) -> bool:
        """Tell whether the next round is to begin at once."""
        return False

    def measure(self) -> None:
        """Ask what is told on /metrics and nothing else tells; called now and then, where somebody reads it."""

    def drop(self) -> None:
        """Give up what an outage may have spoilt."""

    def close(self) -> None:
        """End what works beside the rounds."""

    def _rounds(self, backoff: Backoff) -> None:
        try:
            while not self.stopping:
                self.turn()
                self.written = self._wait()
                self.round()
                self._works = True
                LAST_ROUND.set_to_current_time()
                self.beat()
                self._measure_sometimes()
                if backoff.tries:
                    log.warning(f"{self.name} works again")
                    backoff.reset()
                if not self.has_more():
                    self._stopping.wait(self.pace)
        except self.outages:
            self._works = False
            self.turn()
            self.drop()
            self.wake_ups.notify()
            raise

    def _measure_sometimes(self) -> None:
        if self.settings.probe_port and time.monotonic() >= self._next_measures:
            self._next_measures = time.monotonic() + MEASURE_SECONDS
            self.measure()

    def _wait(self) -> Written:
        """Wait for a notification or the sweep; who is notified without a pause sweeps as well."""
        written = self.wake_ups.wait(0.0 if self.has_more() else self._next_sweep - time.monotonic())
        if time.monotonic() < self._next_sweep:
            return written
        self._next_sweep = time.monotonic() + self.sweep
        return Written(written.collections, True)

    def _complain(self, error: Exception) -> None:
        log.warning(f"{self.name} cannot work, trying again", extra={"failure": whose(error)})


def main(process: str, make: Callable[[S], Daemon], kind: type[S]) -> int:
    """Make a daemon with settings of this kind and run it until a signal comes; gives the exit code: 2 for a wrong setting, 1 where it died."""
    # before any thread starts; sigwait fetches them: a handler could interrupt a lock that it needs itself
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    logs.set_up(process)
    try:
        settings = kind.from_environment()
        tracing.set_up(process)
        daemon = make(settings)
    except WrongSetting as wrong:
        return logs.refuse_to_start(wrong)
    logs.set_up(process, settings.log_level)
    garbage.settle()
    died = []

    def work() -> None:
        try:
            daemon.run()
        except BaseException:
            died.append(True)
            raise
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    probes.serve(settings, lambda: daemon.is_alive, lambda: daemon.is_ready)
    # it must not keep a process that is to end
    working = threading.Thread(target=work, name=daemon.name, daemon=True)
    working.start()
    signal.sigwait(ENDING)
    daemon.stop()
    working.join(settings.shutdown_seconds)
    if working.is_alive():
        # what it had in hand is done again by the next one
        log.error(f"{daemon.name} did not end in time")
    return 1 if died or working.is_alive() else 0
