"""The whole platform as real processes, for tests through HTTP."""

import secrets
import time
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

import requests
from pymongo import MongoClient
from requests.adapters import HTTPAdapter

from deploy.local import environment, ports, stack
from deploy.local.folders import Folder
from deploy.local.processes import Child, end_recorded
from deploy.local.story.person import Person
from services.chassis.events.outbox import HELD_UNTIL
from services.civic.settings import CivicSettings

READY_SECONDS = 90
FAST_RETRIES = "0.2,0.4,0.8"


class FromOwnNetwork(HTTPAdapter):
    """Calls from a loopback address that nobody else has: what one test gets wrong is not counted for the others."""

    def init_poolmanager(self, *arguments, **more) -> None:
        """Bind every connection to it."""
        address = ip_address("127.1.0.0") + secrets.randbelow(2**23)
        super().init_poolmanager(*arguments, source_address=(str(address), 0), **more)


class Platform:
    """Every process of the Procfiles with a virtual host and databases of its own; `children` by name."""

    def __init__(self, folder: Path, addresses: dict[str, str], **more: str):
        self.folder = Folder(folder)
        self.folder.make()
        self.port = ports.choose(set())
        own = f"test-{secrets.token_hex(4)}"
        make_vhost(addresses, own)
        told = environment.settings(self.folder, in_vhost(addresses, own), self.port)
        told |= {
            "DATABASE_PREFIX": own.replace("-", "_"),
            "DEPARTMENTS_VHOST": f"{own}-departments",
            "RETRY_DELAYS": FAST_RETRIES,
            "GATEWAY_WORKERS": "1",
            "RELAY_SWEEP": "1",
            "WEBHOOK_ALLOW_LOCAL": "1",
            "SMS_QUIET_HOURS": "00:00-00:00",
            "SMS_WINDOW": "2",
            "DEPARTMENT_APPLICATIONS": "100000",
            "GATEWAY_CONNECTIONS_PER_ADDRESS": "0",
            "ORDER_MOST_UNPAID": "100000",
            **more,
        }
        self.env = environment.complete(told)
        self.settings = CivicSettings.from_environment(self.env)
        self.base = f"http://127.0.0.1:{self.port}"
        self.children: dict[str, Child] = {}

    def start(self, load: tuple[str, ...] = ()) -> None:
        """Declare, load and start everything, and wait until it is ready."""
        self.run("python", "-m", "services.chassis.runtime.declare")
        self.run("python", "-m", "services.chassis.runtime.load", *load)
        self.start_processes()

    def start_processes(self) -> None:
        """Start every process, and wait until all are ready."""
        for name, command in self.commands().items():
            self.children[name] = Child(name, command, self.env_of(name), self.folder)
            self.children[name].start()
        self.wait_ready()

    def env_of(self, process: str) -> dict[str, str]:
        """Give what a process is told."""
        return self.env

    def commands(self) -> dict[str, list[str]]:
        """Give the command of every process by its name."""
        return stack.all_commands(self.env)

    def run(self, *command: str) -> str:
        """Run one command of the project to its end and give what it printed."""
        child = Child("step", list(command), self.env, self.folder)
        child.start()
        code = child.process.wait(120)
        text = child.log.read_text()
        assert code == 0, text[-3000:]
        return text

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until /readyz says yes and warns of nothing: a test's events need the relays too."""
        self.wait_for(lambda: self._ready() is True, seconds, self._ready)

    def _ready(self):
        try:
            answer = requests.get(self.base + "/readyz", timeout=10)
        except requests.RequestException as error:
            return type(error).__name__
        return (answer.status_code == 200 and '"warning"' not in answer.text) or answer.text

    @staticmethod
    def wait_for(look, seconds: float = 30, why=lambda: "") -> object:
        """Look until there is something; fails after `seconds` with what `why` says."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s in vain {why()}")

    def database(self, service: str):
        """Give a service's database, as an operator with a console would see it."""
        name = f"{self.settings.database_prefix}_{service}"
        return MongoClient(self.settings.mongodb_uri, appname="test", tz_aware=True)[name]

    def let_the_hour_pass(self) -> None:
        """Let the events of reports leave that wait for the end of their hour, as if it were over."""
        released = {"$unsetField": {"field": HELD_UNTIL, "input": "$$this"}}
        outbox = {"$map": {"input": "$outbox", "in": released}}
        change = [{"$set": {"pending_since": "$$NOW", "outbox": outbox}}]
        self.database("integrity").reports.update_many({"pending_since": {"$exists": True}}, change)

    def person(self, name: str = "somebody") -> Person:
        """Give a new caller without account, who calls from a network of their own."""
        person = Person(self.base, name)
        person.http.mount("http://", FromOwnNetwork())
        return person

    def logs(self) -> str:
        """Give everything that every process has printed."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.logs.glob("*.log"))

    def stop(self) -> None:
        """End every process and remove all that they had."""
        end_recorded(self.folder)
        self.destroy()

    def destroy(self) -> None:
        """Remove the databases and what the broker holds."""
        client = MongoClient(self.settings.mongodb_uri)
        for name in client.list_database_names():
            if name.startswith(self.settings.database_prefix):
                client.drop_database(name)
        self.destroy_broker()

    def destroy_broker(self) -> None:
        """Remove what the broker holds."""
        for vhost in (urlsplit(self.settings.amqp_uri).path[1:], self.settings.departments_vhost):
            management(self.settings.rabbitmq_management_uri, "DELETE", f"vhosts/{quote(vhost, safe='')}")


@contextmanager
def running(folder: Path, addresses: dict[str, str], load: tuple[str, ...] = (), **more: str):
    """Run a platform for the length of the block."""
    platform = Platform(folder, addresses, **more)
    try:
        platform.start(load)
        yield platform
    finally:
        platform.stop()


def make_vhost(addresses: dict[str, str], vhost: str) -> None:
    """Make a virtual host in which the platform's account may do everything."""
    management(addresses["RABBITMQ_MANAGEMENT_URI"], "PUT", f"vhosts/{vhost}")
    user = quote(urlsplit(addresses["AMQP_URI"]).username or "guest")
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    management(addresses["RABBITMQ_MANAGEMENT_URI"], "PUT", f"permissions/{vhost}/{user}", everything)


def in_vhost(addresses: dict[str, str], vhost: str) -> dict[str, str]:
    """Give the addresses of that virtual host."""
    return {**addresses, "AMQP_URI": urlsplit(addresses["AMQP_URI"])._replace(path=f"/{vhost}").geturl()}


def management(uri: str, verb: str, path: str, body: dict | None = None) -> requests.Response:
    """Ask RabbitMQ's management API."""
    api = urlsplit(uri)
    url = f"http://{api.hostname}:{api.port}/api/{path}"
    return requests.request(verb, url, json=body, auth=(api.username, api.password), timeout=20)
