"""Where it is measured: one broker and one database, and in them a place of its own for each system."""

import os
import subprocess
from pathlib import Path

from benchmarks.events.cost import Cost
from benchmarks.events.place import Place
from benchmarks.requests import seeds
from benchmarks.requests.asks import Ask, Asks
from benchmarks.requests.departments import connect_departments
from benchmarks.requests.peers_venv import prepare
from benchmarks.requests.plan import OURS, Plan
from benchmarks.requests.systems import SERVICES, System
from deploy.local import environment, pids, ports
from deploy.local.folders import PROJECT, Folder
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens


class Scene:
    """The systems over the same data; `shared` are the processes of broker and database."""

    def __init__(self, plan: Plan):
        self.folder = Folder(Path(os.environ["XIANGZHI_STATE"]))
        python = prepare() if "faststream" in plan.systems else Path("python")
        self.places = {name: Place() for name in plan.systems}
        issuer = f"http://127.0.0.1:{ports.choose(set())}"
        self.systems: dict[str, System] = {}
        for name, place in self.places.items():
            taken = {system.port for system in self.systems.values()}
            env = _environment(place, self.folder, ports.choose(taken), issuer)
            self.systems[name] = System(name, env, self.folder, python)
        self.asks = self._fill(plan)
        self.shared = list(Cost(self.places[OURS]).shared.values())

    def _fill(self, plan: Plan) -> Asks:
        env = self.systems[OURS].env
        for command in ("services.chassis.runtime.declare", "services.chassis.runtime.load"):
            subprocess.run(
                ["python", "-m", command], env=env, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL
            )
        settings = CivicSettings.from_environment(env)
        ours = {service: connect(settings, service) for service in SERVICES}
        # what the loading told would be relayed later, while others are measured
        for database in ours.values():
            for name in database.list_collection_names():
                database[name].update_many({"outbox.0": {"$exists": True}}, _told_already())
        sown = seeds.sow(ours)
        for name, place in self.places.items():
            if name != OURS:
                place.queue("bench.told")
                for service, database in ours.items():
                    seeds.copy(database, place.database(service))
                place.database("identity").residents.create_index("phone", unique=True)
        # the peers hold none, as what they tell is heard by nobody
        connect_departments(ours["identity"], settings, plan.departments)
        sessions = SessionStore(ours["identity"])
        return Asks(sown, Tokens.from_platform(None, settings), sessions, plan.page)

    def look(self, name: str) -> Ask:
        """Give the request that a system answers once it is ready."""
        if name == OURS:
            return Ask("GET", "/readyz")
        return Ask("GET", "/overview", self.asks.of("page")[0].token)

    def start_again(self, name: str) -> None:
        """End one system and start it as it was."""
        system = self.systems[name]
        pids.end(system.marks, grace=15)
        system.start(system.workers)
        system.wait_ready(self.look(name))
        system.settle([])

    def stop(self) -> None:
        """End every process of every system."""
        pids.end([mark for system in self.systems.values() for mark in system.marks], grace=15)
        for system in self.systems.values():
            system.children.clear()

    def clear(self) -> None:
        """End and remove everything."""
        self.stop()
        for place in self.places.values():
            place.clear()


def _told_already() -> dict:
    return {"$set": {"outbox": []}, "$unset": {"pending_since": ""}}


def _environment(place: Place, folder: Folder, port: int, issuer: str) -> dict[str, str]:
    own = {name: place.environment[name] for name in ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")}
    told = environment.settings(folder, own, port)
    more = {"DATABASE_PREFIX": place.prefix, "DEPARTMENTS_VHOST": f"{place.vhost}-departments"}
    return {**place.environment, **told, **more, "PUBLIC_URL": issuer}
