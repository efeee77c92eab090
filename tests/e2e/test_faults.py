"""Parts go away and come back: nothing hangs, nothing that was written is lost, everything follows."""

import os
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import requests

from deploy.local import infra
from deploy.local.folders import Folder
from deploy.local.processes import Child, end_recorded
from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
from deploy.local.story.person import new_resident
from services.identity.officials.staff.appoint import appoint
from tests.e2e.platform import Platform


class Breakable:
    """A platform with a broker and a database of its own, whose parts can be killed and started again."""

    def __init__(self, folder):
        self.infra_folder = Folder(folder / "infra")
        self.infra = infra.start(self.infra_folder, given={})
        self.platform = Platform(folder / "platform", self.infra.addresses, RPC_TIMEOUT="4")
        self.platform.start(load=("identity", "integrity"))

    def child(self, name: str) -> Child:
        """Give a process by its name."""
        parts = {child.name: child for child in self.infra.children}
        return {**parts, **self.platform.children}[name]

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Kill a process at once, without any chance to tidy up; SIGSTOP leaves it there, but deaf."""
        os.killpg(self.child(name).process.pid, how)
        if how == signal.SIGKILL:
            self.child(name).process.wait(20)

    def start(self, name: str) -> None:
        """Start a process again."""
        self.child(name).start()

    def stop(self) -> None:
        """End everything."""
        end_recorded(self.platform.folder)
        end_recorded(self.infra_folder, grace=0)


@pytest.fixture(scope="module")
def breakable(tmp_path_factory):
    """One breakable platform for all tests of this file; each leaves it whole."""
    whole = Breakable(tmp_path_factory.mktemp("breakable"))
    yield whole
    whole.stop()


@pytest.fixture(scope="module")
def village(breakable):
    """A village administrator."""
    platform = breakable.platform
    login = f"chief-{uuid.uuid4().hex[:8]}"
    account = appoint(platform.settings, login, "county_administrator", COUNTY)
    chief = platform.person("county").sign_in(login, PASSWORD, first=account["password"])
    body = {
        "name": "测试",
        "login": f"t-{uuid.uuid4().hex[:10]}",
        "role": "village_administrator",
        "region": VILLAGE,
    }
    given = chief.post("/officials", body, expect=201)
    return platform.person("village").sign_in(body["login"], PASSWORD, first=given["one_time_password"])


def register(platform, key=None) -> tuple[int, dict, dict, str]:
    entered, key = new_resident(VILLAGE), key or str(uuid.uuid4())
    return (*platform.person().try_to("POST", "/residents", entered, key=key), entered, key)


def _refused(address) -> list[requests.Response]:
    answer = requests.get(address, timeout=30)
    return [answer] if answer.status_code == 503 else []


def archived(platform, resident_id) -> list[str]:
    return [
        event["type"]
        for event in platform.database("identity").events.find({"subject": resident_id}).sort("sequence")
    ]


def waiting(platform, service="identity") -> int:
    database = platform.database(service)
    return sum(
        database[name].count_documents({"pending_since": {"$exists": True}})
        for name in ("residents", "officials")
    )


def test_a_dead_service_is_told_at_once_and_the_others_go_on(breakable):
    platform = breakable.platform
    breakable.kill("integrity")
    try:
        began = time.monotonic()
        (answer,) = platform.wait_for(lambda: _refused(platform.base + "/complaint-categories"))
        assert (
            answer.json()["code"] in ("service.unavailable", "service.timeout")
            and answer.headers["Retry-After"]
        )
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert time.monotonic() - began < 30
        assert requests.get(platform.base + "/regions/510183", timeout=10).status_code == 200
        ready = requests.get(platform.base + "/readyz", timeout=30)
        assert ready.status_code == 503 and ready.json()["checks"]["integrity"]["status"] != "ok"
    finally:
        breakable.start("integrity")
    platform.wait_ready()


def test_a_relay_that_hangs_is_warned_of_and_the_platform_stays_ready(breakable):
    platform = breakable.platform
    breakable.kill("market-relay", signal.SIGSTOP)
    try:
        # as if it had hung for an hour
        before = datetime.now(UTC) - timedelta(hours=1)
        platform.database("market").heartbeats.update_one({"_id": "relay"}, {"$set": {"at": before}})
        answer = requests.get(platform.base + "/readyz", timeout=30)
    finally:
        breakable.kill("market-relay", signal.SIGCONT)
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    warned = {name: one["warning"] for name, one in answer.json()["checks"].items() if "warning" in one}
    assert warned == {"market": "its relay is silent"}
    platform.wait_ready()


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_page_is_given_without_the_parts_of_a_dead_service(breakable, how):
    platform = breakable.platform
    _, _, entered, _ = register(platform)
    her = platform.person("her").sign_in(entered["phone"], entered["password"])
    breakable.kill("market", how)
    try:
        page = her.get("/overview")
    finally:
        if how != signal.SIGKILL:
            breakable.kill("market")
        breakable.start("market")
    assert page["orders"]["code"] in {"service.timeout", "service.unavailable"}
    assert "items" in page["notices"] and page["report_categories"]["items"]
    assert [part for part in page if "unavailable" in page[part]] == ["orders"]
    assert "a page lacks parts" in platform.logs()
    platform.wait_ready()
    platform.wait_for(lambda: "items" in her.get("/overview")["orders"])


def test_a_flood_is_answered_or_sent_back_and_afterwards_everybody_is_answered(breakable):
    platform = breakable.platform
    _, body, entered, _ = register(platform)
    her = platform.person("her").sign_in(entered["phone"], entered["password"])
    headers = {"Authorization": her.http.headers["Authorization"]}

    def read(path=f"/residents/{body['id']}"):
        return requests.get(platform.base + path, headers=headers, timeout=60)

    def flood():
        with ThreadPoolExecutor(100) as crowd:
            return list(crowd.map(lambda _: read(), range(200)))

    for answer in flood():
        assert answer.status_code in (200, 503), answer.text
    breakable.kill("identity", signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as another:
            flooded = another.submit(flood)
            assert read("/healthz").status_code == 200
            refused = flooded.result(120)
    finally:
        breakable.kill("identity", signal.SIGCONT)
    assert {answer.status_code for answer in refused} == {503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert {answer.headers["Content-Type"] for answer in refused} == {"application/problem+json"}
    assert "gateway.busy" in {answer.json()["code"] for answer in refused}
    platform.wait_ready()
    platform.wait_for(lambda: read().status_code == 200)
    assert [read().status_code for _ in range(20)] == [200] * 20


def test_with_the_broker_down_requests_end_clearly_and_a_resend_finishes_them(breakable, village):
    platform = breakable.platform
    breakable.kill("rabbitmq")
    key, entered = str(uuid.uuid4()), new_resident(VILLAGE)
    try:
        status, body = platform.person().try_to("POST", "/residents", entered, key=key)
        assert status == 503 and body["code"].startswith("service.")
        assert requests.get(platform.base + "/healthz", timeout=10).status_code == 200
    finally:
        breakable.start("rabbitmq")
        breakable.infra.wait_ready()
    platform.wait_ready()
    status, body = platform.person().try_to("POST", "/residents", entered, key=key)
    assert status == 201
    platform.wait_for(lambda: archived(platform, body["id"]), 60)


def test_what_is_written_while_the_broker_is_down_is_published_when_it_is_back(breakable):
    """The service's own write needs no broker: an operator's command writes while it is down."""
    platform = breakable.platform
    breakable.kill("rabbitmq")
    try:
        login = f"offline-{uuid.uuid4().hex[:8]}"
        made = appoint(platform.settings, login, "clerk", COUNTY)
        assert made["state"] == "new" and waiting(platform) == 1
    finally:
        breakable.start("rabbitmq")
        breakable.infra.wait_ready()
    platform.wait_for(lambda: waiting(platform) == 0, 60)
    official = platform.database("identity").officials.find_one({"login": login})
    assert archived(platform, official["_id"]) == ["xiangzhi.identity.official.appointed.v1"]
    platform.wait_ready()


def test_a_restarted_database_loses_nothing_that_was_acknowledged(breakable, village):
    platform = breakable.platform
    acknowledged = [
        body["id"] for status, body, _, _ in (register(platform) for _ in range(5)) if status == 201
    ]
    assert len(acknowledged) == 5
    breakable.kill("mongodb")
    status, body, entered, key = register(platform)
    assert status in (201, 503), body
    breakable.start("mongodb")
    platform.wait_for(lambda: platform.person().try_to("POST", "/residents", entered, key=key)[0] == 201, 60)
    platform.wait_ready()
    for id in acknowledged:
        village.get(f"/residents/{id}")
        platform.wait_for(lambda id=id: archived(platform, id), 60)


def test_services_killed_in_the_middle_of_writes_lose_nothing_and_do_nothing_twice(breakable, village):
    platform = breakable.platform
    done = {}
    for round in range(3):
        sent = [register(platform) for _ in range(3)]
        breakable.kill("identity")
        breakable.kill("identity-relay")
        lost = [(entered, key) for status, _, entered, key in [*sent, register(platform)] if status != 201]
        done |= {body["id"]: entered for status, body, entered, _ in sent if status == 201}
        breakable.start("identity")
        breakable.start("identity-relay")
        platform.wait_ready()
        for entered, key in lost:
            status, body = platform.person().try_to("POST", "/residents", entered, key=key)
            assert status == 201, (round, body)
            done[body["id"]] = entered
    for id in done:
        platform.wait_for(
            lambda id=id: archived(platform, id) == ["xiangzhi.identity.resident.registered.v1"], 60
        )
        known = platform.wait_for(lambda id=id: platform.database("affairs").people.find_one({"_id": id}), 60)
        assert known["sequence"] == 1


def test_after_all_that_no_event_waits_and_none_was_given_up(breakable):
    platform = breakable.platform
    platform.wait_for(lambda: waiting(platform) == 0, 60)
    assert "0 dead letters" in platform.run("python", "-m", "services.chassis.operations.dead_letters")
