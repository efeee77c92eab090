"""The one-machine stack: which processes it starts, whom it ends and whom it never kills."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time

import pytest

from deploy.local import folders, pids, ports
from deploy.local.folders import Folder
from deploy.local.lock import only_one
from deploy.local.processes import Child, end_recorded, read_procfile
from deploy.local.progress import tail
from deploy.local.refusal import Refusal
from deploy.local.supervisor import Supervisor


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path / "run")
    folder.make()
    yield folder
    end_recorded(folder, grace=0)


def sleeper(folder, name="sleeper", seconds="60", kind="app"):
    return Child(name, ["sleep", seconds], os.environ, folder, kind=kind)


def wait_until(true, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.02)


# Procfiles


def test_a_procfile_names_each_process_and_its_command(tmp_path):
    path = tmp_path / "Procfile"
    path.write_text("# all of them\n\nidentity: python -m x\ngateway: serve h:$PORT '${PORT} b'\n")
    assert read_procfile(path, {"PORT": "8080"}) == {
        "identity": ["python", "-m", "x"],
        "gateway": ["serve", "h:8080", "8080 b"],
    }


def test_a_value_with_a_blank_stays_one_word(tmp_path):
    path = tmp_path / "Procfile"
    path.write_text("a: run $PLACE\n")
    assert read_procfile(path, {"PLACE": "my folder"}) == {"a": ["run", "my folder"]}


def test_an_absent_procfile_names_no_process(tmp_path):
    assert read_procfile(tmp_path / "Procfile", {}) == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("identity python\n", "line 1 is not `name: command`"),
        ("a: x\na: y\n", "line 2 names a a second time"),
        ("a: x $NOWHERE\n", r"uses \$NOWHERE, which is not set"),
    ],
)
def test_a_wrong_line_in_a_procfile_is_named(tmp_path, text, sentence):
    path = tmp_path / "Procfile"
    path.write_text(text)
    with pytest.raises(Refusal, match=sentence):
        read_procfile(path, {})


# Processes and their identity


def test_a_recycled_pid_is_never_taken_for_ours(folder):
    child = sleeper(folder)
    child.start()
    stranger = pids.Mark(child.process.pid, "another-boot:1")
    assert not pids.is_alive(stranger)
    pids.end([stranger], grace=0)
    pids.kill_group(stranger)
    assert pids.is_alive(child.mark)


def test_a_zombie_does_not_count_as_alive():
    with subprocess.Popen(["true"]) as process:
        wait_until(lambda: pids.mark_of(process.pid) is None)


def test_a_process_that_ignores_the_request_to_end_is_killed(folder):
    child = Child(
        "stubborn", ["sh", "-c", "trap '' TERM; echo up; sleep 60 & wait; wait"], os.environ, folder
    )
    child.start()
    wait_until(lambda: "up" in tail(child.log))
    pids.end([child.mark], grace=0.2)
    assert child.process.wait(5) == -signal.SIGKILL
    wait_until(lambda: not pids.group(child.mark))


def test_processes_of_a_killed_supervisor_are_found_and_ended(folder):
    for name, kind in (("identity", "app"), ("mongodb", "infra")):
        sleeper(folder, name, kind=kind).start()
    assert end_recorded(folder, grace=5) == ["identity", "mongodb"]
    assert pids.Register(folder.pids).alive("app", "infra") == {}
    assert end_recorded(folder) == []


def test_workers_of_a_killed_parent_are_gone_before_it_starts_again(folder):
    child = Child("parent", ["sh", "-c", "sleep 60 & echo up; wait"], os.environ, folder)
    child.start()
    wait_until(lambda: len(pids.group(child.mark)) == 2)
    first = child.mark
    child.process.kill()
    child.process.wait()
    assert pids.group(first)
    child.start()
    wait_until(lambda: not pids.group(first))


# Supervision


def test_a_death_while_starting_is_told_with_the_end_of_the_log(folder):
    supervisor = Supervisor(folder)
    child = Child("relay", ["sh", "-c", "echo no such exchange; exit 3"], os.environ, folder)
    child.start()
    supervisor.adopt([child])
    child.process.wait()
    with pytest.raises(Refusal, match=r"relay died while starting \(exit code 3\)") as refused:
        supervisor.must_live()
    assert refused.value.details.strip() == "no such exchange"


def test_a_process_that_dies_later_is_started_again(folder):
    supervisor, child = Supervisor(folder), sleeper(folder)
    child.start()
    supervisor.adopt([child])
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    wait_until(lambda: supervisor.tick() or child.process.pid != first)
    assert child.ended is None


def test_five_deaths_within_a_minute_are_given_up_on(folder):
    supervisor = Supervisor(folder)
    child = Child("market", ["false"], os.environ, folder)
    child.start()
    supervisor.adopt([child])
    with pytest.raises(Refusal, match="market died 5 times within a minute"):
        for _ in range(20):
            child.process.wait()
            supervisor.tick()
            child.due = min(child.due, 1e-9)


def test_only_one_supervisor_runs_in_a_folder(folder):
    with only_one(folder), pytest.raises(Refusal, match="already running"), only_one(folder):
        pass
    with only_one(folder):
        pass


# Ports


def test_a_port_is_remembered_until_somebody_takes_it(folder):
    first = ports.remembered(folder, "amqp", "mongodb")
    assert first == ports.remembered(folder, "amqp", "mongodb")
    with socket.socket() as taken:
        taken.bind((ports.HOST, first["amqp"]))
        taken.listen()
        second = ports.remembered(folder, "amqp", "mongodb")
    assert second["amqp"] != first["amqp"]
    assert second["mongodb"] == first["mongodb"]


def test_a_taken_port_is_refused_in_a_sentence_that_says_what_to_do():
    with socket.socket() as taken:
        taken.bind((ports.HOST, 0))
        taken.listen()
        with pytest.raises(Refusal, match=r"is taken by another program: free it, or .*PORT=8081"):
            ports.gateway_port(str(taken.getsockname()[1]))


@pytest.mark.parametrize("text", ["web", "0", "70000", "-1", "80.5"])
def test_a_port_that_is_no_port_is_refused(text):
    with pytest.raises(Refusal, match="which is no port"):
        ports.gateway_port(text)


@pytest.mark.parametrize("plenty", [0, 2**60], ids=["in memory", "on a disk"])
def test_a_throw_away_folder_leaves_nothing_wherever_it_lay(tmp_path, monkeypatch, plenty):
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(folders, "MEMORY", memory)
    monkeypatch.setattr(folders, "PLENTY", plenty)
    made = Folder(tmp_path / "state" / "test-1")
    made.make_in_memory()
    (made.logs / "a.log").write_text("a line")
    assert len(list(memory.rglob("a.log"))) == (plenty == 0)
    made.remove()
    assert not list(memory.iterdir()) and not list((tmp_path / "state").iterdir())
