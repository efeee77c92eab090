"""Another office's register as a real process, and the client that asks it."""

import threading
from typing import ClassVar

from deploy.local.simulators.register_book import Behaviour, fingerprint
from services.chassis.core.circuit_breaker import CircuitBreaker
from services.identity.people.matches.provider import RegisterProvider
from tests.integration import simulators
from tests.integration.identity.register_scene import number

SECRET = "the secret of the two offices"


class Simulator(simulators.Simulator):
    """Another office's register, which counts who was asked about since it was last told how to behave."""

    name, secret = "register", SECRET
    usual: ClassVar[dict] = vars(Behaviour())

    def __init__(self):
        super().__init__()
        self._before: list[str] = []

    def client(self, breaker: CircuitBreaker | None = None) -> RegisterProvider:
        """Give a client with a breaker of its own."""
        return RegisterProvider(self.url, SECRET, breaker)

    def behave(self, **wanted) -> None:
        """Be as usual but for what is wanted, and count questions from now on."""
        self._before = self._asked()
        super().behave(**wanted)

    def enter(self, *serials: int, name: str = "王秀英") -> None:
        """Let these people and no others be in the register."""
        self.tell("_people", {"people": [{"id_number": number(one), "name": name} for one in serials]})

    @property
    def asked(self) -> list[str]:
        """Give the fingerprints that were asked about."""
        return self._asked()[len(self._before) :]

    def _asked(self) -> list[str]:
        return self.ask("_asked")["asked"]


def known_as(serial: int, name: str = "王秀英") -> str:
    """Give somebody's fingerprint as the other office makes it."""
    return fingerprint(SECRET.encode(), number(serial), name)


def found(county, who) -> dict:
    """Give what somebody can read of the own comparison."""
    return county.ask(who, "find_match", resident_id=who.id)


def stored(county, who):
    """Give the comparison as it is stored."""
    return county.service.matches.get(who.id)


def failures(caplog) -> list[str]:
    """Give why the office was not believed, each time."""
    return [one.failure for one in caplog.records if hasattr(one, "failure")]


def at_once(*acts) -> None:
    """Do everything at the same time."""
    start = threading.Barrier(len(acts))

    def do(act):
        start.wait(5)
        act()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
