"""Image and compose file: what is broken in them is found, and the secrets that are made are those that are read."""

import copy
import json
import stat
import subprocess
import sys

import pytest
import yaml

from deploy.k8s import make_secrets
from deploy.k8s.check import code, images, promised
from deploy.k8s.check.manifests import DATA, PLATFORM
from services.chassis.core.settings import Settings
from tests.k8s.breaking import rendered

TEXT = images.CONTAINERFILE.read_text("utf-8")
COMPOSE = yaml.safe_load(images.COMPOSE.read_text("utf-8"))

BROKEN_IMAGES = [
    (images.linted, "ENTRYPOINT []", "MAINTAINER somebody"),
    (images.the_image_is_small_in_rights, "USER 10001:10001\n", ""),
    (images.the_image_is_small_in_rights, "USER 10001:10001", "USER root"),
    (images.the_image_is_small_in_rights, "ENTRYPOINT []", "ENTRYPOINT python -m"),
    (images.the_image_is_small_in_rights, "FROM ${BASE}\n", "FROM python:3.11\n"),
    (images.the_image_is_small_in_rights, "--only-binary :all: ", ""),
    (images.the_image_is_small_in_rights, "USER 10001", "RUN /opt/xiangzhi/bin/pip install debugpy\nUSER 10001"),
    (images.the_image_has_what_runs, "COPY gateway gateway\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "before", "after"), BROKEN_IMAGES)
def test_a_broken_image_is_found(rule, before, after):
    assert before in TEXT and list(rule(TEXT)) == []
    assert list(rule(TEXT.replace(before, after)))


BROKEN_SERVICES = [
    ("market", "command", ["python", "-m", "services.chassis.runtime.run", "markt"]),
    ("market", "profiles", []),
    ("market", "read_only", False),
    ("market", "environment", {"MAX_WORKRES": "3"}),
    ("market", "secrets", ["MASTER_KEY"]),
]


@pytest.mark.parametrize(("service", "key", "value"), BROKEN_SERVICES)
def test_a_broken_compose_file_is_found(service, key, value):
    assert list(images.compose_runs_every_process(COMPOSE)) == []
    changed = copy.deepcopy(COMPOSE)
    changed["services"][service][key] = value
    assert list(images.compose_runs_every_process(changed))


def test_a_compose_file_with_a_slip_or_without_a_process_is_found():
    changed = copy.deepcopy(COMPOSE)
    changed["services"]["market"]["comand"] = ["python"]
    assert list(images.compose_is_valid(COMPOSE)) == [] and list(images.compose_is_valid(changed))
    del changed["services"]["market-relay"]
    assert "compose.yaml: does not run market-relay" in list(images.compose_runs_every_process(changed))


def test_the_secrets_that_are_made_are_those_that_the_manifests_name():
    made = {(one["metadata"]["namespace"], one["metadata"]["name"]): one["stringData"] for one in make_secrets.of_cluster(3)}  # fmt: skip
    for one in rendered("overlays/province").workloads:
        for volume in one.volumes.values():
            for item in volume.get("secret", {}).get("items", []):
                assert item["key"] in made[PLATFORM, volume["secret"]["secretName"]]
    province = rendered("overlays/province")
    for user in province.of("User"):
        assert {"username", "password"} <= made[DATA, user["spec"]["importCredentialsSecret"]["name"]].keys()
    for user in province.of("MongoDBCommunity")[0]["spec"]["users"]:
        assert "password" in made[DATA, user["passwordSecretRef"]["name"]]


def test_accounts_of_the_broker_have_the_label_without_which_their_operator_refuses_them():
    made = {one["metadata"]["name"]: one["metadata"] for one in make_secrets.of_cluster(1) if one["metadata"]["namespace"] == DATA}  # fmt: skip
    for user in rendered("overlays/county").of("User"):
        assert made[user["spec"]["importCredentialsSecret"]["name"]]["labels"] == {"rabbitmq.com/topology-operator": "true"}  # fmt: skip


def test_an_odd_password_stays_one(monkeypatch):
    monkeypatch.setattr(make_secrets, "password", lambda: "a@b:/%#?")
    made = {(one["metadata"]["namespace"], one["metadata"]["name"]): one["stringData"] for one in make_secrets.of_cluster(3)}  # fmt: skip
    told = {**made[PLATFORM, "broker"], **made[PLATFORM, "database-market"]}
    settings = Settings.from_environment(told)
    assert "a%40b%3A%2F%25%23%3F@broker" in settings.amqp_uri
    assert "a%40b%3A%2F%25%23%3F@database-0" in settings.mongodb_uri


def test_the_files_for_compose_are_all_there_and_are_made_once(tmp_path):
    command = [sys.executable, make_secrets.__file__, "--files", str(tmp_path / "secrets")]
    subprocess.run(command, check=True)
    before = {path.name: path.read_text("utf-8") for path in (tmp_path / "secrets").iterdir()}
    subprocess.run(command, check=True)
    assert before == {path.name: path.read_text("utf-8") for path in (tmp_path / "secrets").iterdir()}
    assert set(COMPOSE["secrets"]) <= before.keys()
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_what_is_made_is_what_kubectl_reads():
    done = subprocess.run([sys.executable, make_secrets.__file__], check=True, capture_output=True, text=True)
    assert len(json.loads(done.stdout)["items"]) == 16


def test_the_file_of_secrets_is_its_owners_alone_and_is_never_made_twice(tmp_path):
    path = tmp_path / "secrets.json"
    command = [sys.executable, make_secrets.__file__, "--members", "1", "--to", str(path)]
    assert subprocess.run(command, check=True, capture_output=True).stdout == b""
    made = path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and len(json.loads(made)["items"]) == 16
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.returncode == 1 and "keep that one" in again.stderr and path.read_text("utf-8") == made


def test_a_cluster_with_a_domain_of_its_own_finds_its_database():
    made = {one["metadata"]["name"]: one["stringData"] for one in make_secrets.of_cluster(1, "k8s.county") if one["metadata"]["namespace"] == PLATFORM}  # fmt: skip
    assert "@database-0.database-svc.xiangzhi-data.svc.k8s.county:27017/" in made["database-market"]["MONGODB_URI"]  # fmt: skip


def test_a_promise_that_is_kept_has_to_be_struck_out(monkeypatch):
    monkeypatch.setattr(promised, "SETTINGS", frozenset(["MAX_WORKERS"]))
    monkeypatch.setattr(promised, "PATHS", frozenset(["/livez"]))
    monkeypatch.setattr(promised, "SECRET_FILES", True)
    monkeypatch.setattr(code, "probe_paths", lambda: frozenset(["/livez"]))
    monkeypatch.setattr(code, "secrets_not_read_from_files", list)
    assert len(list(promised.problems())) == 3


def test_a_promise_that_was_struck_out_too_early_is_found(monkeypatch):
    monkeypatch.setattr(promised, "SECRET_FILES", False)
    monkeypatch.setattr(code, "secrets_not_read_from_files", lambda: ["AMQP_URI"])
    (found,) = promised.problems()
    assert "AMQP_URI_FILE" in found
