"""How deploy/compose.yaml is followed in the rehearsal: what its head tells, who has to be healthy, and what was met when it was started."""

import copy
from types import SimpleNamespace

import pytest
import yaml

from deploy.k8s.check import compose as rules
from deploy.k8s.check import images
from deploy.k8s.rehearse.composed import head, health
from deploy.k8s.rehearse.composed.head import Check, Unfollowable
from deploy.k8s.rehearse.composed.stand_ins import STAND_INS
from deploy.local.refusal import Refusal
from tests.rehearsal import __main__ as command
from tests.rehearsal.composed import CannotBeHad, Composed, render

TEXT = images.COMPOSE.read_text("utf-8")
COMPOSE = yaml.safe_load(TEXT)
UP = "#   docker compose -f deploy/compose.yaml --profile platform up --build --wait\n"


def changed(service, key, value):
    """Give the file with one thing changed."""
    other = copy.deepcopy(COMPOSE)
    other["services"][service][key] = value
    return other


def test_the_head_tells_the_way():
    secrets, up, appoint = head.way(TEXT)
    assert secrets == ["python3", "deploy/k8s/make_secrets.py", "--files", "deploy/secrets"]
    assert head.composed(up, "pc") == ["pc", "-f", "deploy/compose.yaml", "--profile", "platform", "up", "--detach", "--no-deps"]  # fmt: skip
    told = head.composed(appoint, "pc")
    # podman-compose knows no service of a profile that is not named
    assert told[:5] == ["pc", "-f", "deploy/compose.yaml", "--profile", "platform"]
    assert told[told.index("exec") :][:3] == ["exec", "-T", "identity"] and told[-1] == "--first"


@pytest.mark.parametrize("text", [
    TEXT.replace(UP, ""),
    TEXT.replace(UP, "").replace("# Or all of it", f"{UP}# Or all of it"),
    TEXT.replace(" --first", ""),
    TEXT.replace("#   python3", "# python3"),
])  # fmt: skip
def test_a_head_without_a_step_or_with_one_too_early_is_refused(text):
    assert text != TEXT
    with pytest.raises(Unfollowable):
        head.way(text)


def test_only_commands_of_docker_compose_are_translated():
    with pytest.raises(Unfollowable, match="docker ps"):
        head.composed(["docker", "ps"], "pc")


@pytest.mark.parametrize(("told", "seconds"), [("5s", 5), ("1m30s", 90), ("500ms", 0.5), ("1h", 3600)])
def test_a_duration_is_read(told, seconds):
    assert head.seconds(told) == seconds


@pytest.mark.parametrize("told", ["", "5", "s", "5s5", "5d", "-5s"])
def test_what_is_no_duration_is_refused(told):
    with pytest.raises(Unfollowable):
        head.seconds(told)


def test_everything_that_stays_is_asked_for_its_health_and_the_rest_has_to_end():
    assert head.once(COMPOSE) == {"declare", "load"}
    assert head.checks(COMPOSE).keys() == COMPOSE["services"].keys() - {"declare", "load"}
    assert head.checks(COMPOSE)["market"] == Check(5.0, 12)
    assert head.container(COMPOSE, "market") == "xiangzhi_market_1"


def test_two_images_are_stood_in_for_and_a_third_is_refused():
    assert head.stand_ins(COMPOSE, set(STAND_INS)).keys() == set(STAND_INS)
    with pytest.raises(Unfollowable, match="redis"):
        head.stand_ins(changed("market", "image", "docker.io/library/redis:7"), set(STAND_INS))


RUNNING = {"Status": "running", "Health": {"Status": "healthy"}}
DONE = {"Status": "exited", "ExitCode": 0}


@pytest.mark.parametrize(("there", "wrong"), [
    ({"a": RUNNING, "b": DONE}, []),
    ({"a": RUNNING}, ["b is not there, exit code None"]),
    ({"a": RUNNING, "b": {"Status": "exited", "ExitCode": 1}}, ["b is exited, exit code 1"]),
    ({"a": RUNNING, "b": RUNNING}, ["b is running, exit code None"]),
    ({"a": {"Status": "running", "Health": {"Status": "starting"}}, "b": DONE}, ["a is running, starting"]),
    ({"a": {"Status": "running", "Health": {"Status": ""}}, "b": DONE}, ["a is running, without health"]),
    ({"a": {"Status": "exited", "Health": {"Status": "healthy"}}, "b": DONE}, ["a is exited, healthy"]),
])  # fmt: skip
def test_who_is_not_as_it_should_be_is_named(there, wrong):
    assert health.unhealthy(there, {"a": Check(5.0, 3)}, {"b"}) == wrong


def test_the_check_that_waits_longest_is_done_first():
    assert health.next_due({"a": 4.0, "b": 1.0, "c": 9.0}, now=5.0) == ["b", "a"]


def test_a_wait_ends_with_who_is_not_healthy(monkeypatch):
    monkeypatch.setattr(health, "states", lambda podman: {"a": {"Status": "running"}})
    with pytest.raises(Refusal, match="a is running, without health"):
        health.wait(None, {"a": Check(5.0, 3)}, set(), limit=-1)


BROKEN = [
    ("rabbitmq", "image", "rabbitmq:3.13-management", "names no registry"),
    ("mongodb", "image", "library/mongo:6.0", "names no registry"),
    ("gateway", "depends_on", {"declare": {"condition": rules.DONE}}, "waits for the end of load"),
    ("gateway", "depends_on", {"load": {"condition": "service_started"}}, "waits for the end of load"),
    ("affairs", "mem_limit", "512m", "affairs has 512m of memory, and 1536m"),
]


@pytest.mark.parametrize(("service", "key", "value", "found"), BROKEN)
def test_what_was_met_when_it_was_started_is_found(service, key, value, found):
    assert list(rules.problems(COMPOSE)) == []
    told = list(rules.problems(changed(service, key, value)))
    assert told and all(found in line for line in told)


def test_sizes_are_read_alike_in_both_kinds_of_file():
    assert rules.in_bytes("1g") == rules.in_bytes("1Gi") == 2**30 and rules.in_bytes("512m") == 2**29
    with pytest.raises(ValueError, match="half"):
        rules.in_bytes("half a gigabyte")
    assert set(rules.memory_limits()) >= {"market", "gateway", "identity-relay"}


def test_a_start_is_told_as_a_table():
    assert render([("up", 12.6, "14 healthy")]).splitlines()[-1] == "| up | 13 | 14 healthy |"


@pytest.mark.parametrize(("raised", "told"), [
    (CannotBeHad("npm could not fetch mongosh"), "SKIPPED: deploy/compose.yaml was not started: npm could not fetch mongosh\n"),
    (Refusal("buildah could not build the image"), None),
])  # fmt: skip
def test_what_others_do_not_give_is_said_and_what_is_ours_is_a_failure(raised, told, monkeypatch, capsys):
    def prepare(self):
        raise raised

    monkeypatch.setattr(Composed, "prepare", prepare)
    monkeypatch.setattr(command, "signals", SimpleNamespace(ignore=lambda: None, listen=lambda: None))
    if told is None:
        with pytest.raises(Refusal, match="buildah"):
            command._compose(None)
    else:
        assert command._compose(None) is None
        assert capsys.readouterr().out == told
