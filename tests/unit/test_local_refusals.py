"""What the one-machine stack refuses, each in one sentence, and the state it keeps."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from deploy.local import apt, bootstrap, broker, database, environment, folders, fonts, given, health
from deploy.local.folders import Folder
from deploy.local.progress import run_logged, tail
from deploy.local.refusal import Refusal


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path / "run")
    folder.make()
    return folder


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """A machine on whose PATH there is nothing; returns the folder that is the whole PATH."""
    path = tmp_path / "bin"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setattr(broker, "SBIN", str(path))
    return path


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


# What is missing on the machine


def test_no_apt_get_is_said(bare_machine):
    with pytest.raises(
        Refusal, match=r"rabbitmq-server is not installed and this machine has no apt-get: install"
    ):
        broker.prepare()


def test_neither_root_nor_sudo_is_said(bare_machine, monkeypatch):
    program(bare_machine / "apt-get", "exit 0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Refusal, match="needs root or sudo"):
        broker.prepare()


def test_a_failing_apt_get_is_said_with_its_log(bare_machine, monkeypatch, tmp_path):
    program(bare_machine / "apt-get", "echo no network; exit 100")
    program(bare_machine / "env", 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(Folder, "of_platform", classmethod(lambda cls: Folder(tmp_path)))
    with pytest.raises(Refusal, match=r"apt-get could not install hello .*apt-get\.log.*: do without"):
        apt.install("hello", "do without")
    assert "no network" in tail(tmp_path / "logs" / "apt-get.log")


def test_missing_fonts_are_installed_with_one_apt_get(bare_machine, monkeypatch):
    told = []
    monkeypatch.setattr(fonts, "missing_in", lambda folders: [] if told else ["HanaMinA.ttf"])
    monkeypatch.setattr(apt, "install", lambda *asked: told.append(asked))
    fonts.prepare({})
    fonts.prepare({})
    assert [packages for packages, _ in told] == ["fonts-noto-cjk fonts-noto-core fonts-hanazono"]


def test_fonts_that_are_not_in_the_folders_that_were_given_are_named_and_not_installed(
    bare_machine, tmp_path
):
    with pytest.raises(
        Refusal, match=r"NotoSerifCJK-Regular\.ttc, .* not found in .*give their folders in PAPER_FONTS"
    ):
        fonts.prepare({"PAPER_FONTS": str(tmp_path)})


def test_a_broken_download_of_mongod_leaves_nothing_that_looks_whole(bare_machine, monkeypatch, tmp_path):
    program(tmp_path / "python", 'for last; do :; done; mkdir -p "$7"; exit 1')
    for name, value in {"VENV_PYTHON": "python", "UNPACKED": "mongod/mongod", "BASE": ""}.items():
        monkeypatch.setattr(database, name, tmp_path / value)
    monkeypatch.setenv("PATH", f"{bare_machine}:/usr/bin:/bin")
    monkeypatch.setattr(database.shutil, "which", lambda name: None)
    monkeypatch.setattr(Folder, "of_platform", classmethod(lambda cls: Folder(tmp_path / "run")))
    with pytest.raises(Refusal, match=r"mongod could not be fetched .*mongod-download\.log.*MONGODB_URI"):
        database.prepare()
    assert not list(tmp_path.glob("mongod*"))


def test_a_mongod_that_does_not_run_here_is_said(bare_machine):
    program(bare_machine / "mongod", "exit 127")
    with pytest.raises(Refusal, match="mongod does not run on this machine"):
        database.prepare()


def test_a_given_broker_needs_its_management_interface():
    with pytest.raises(Refusal, match="RABBITMQ_MANAGEMENT_URI is not"):
        given.check({"AMQP_URI": "amqp://u:secret@h"})


def test_an_unreachable_given_broker_is_named_without_its_password():
    uri = "amqp://u:secret@127.0.0.1:1"
    with pytest.raises(Refusal, match=r"127\.0\.0\.1:1") as refused:
        given.check({"AMQP_URI": uri, "RABBITMQ_MANAGEMENT_URI": uri})
    assert "secret" not in refused.value.sentence


def test_an_old_python_is_refused(bare_machine, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(Refusal, match=r"Python 3\.11 or newer is needed"):
        bootstrap._right_python(["run"])


# State


def test_a_half_made_virtual_environment_is_never_taken_for_a_whole_one(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", tmp_path / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".whole.json")
    (tmp_path / "python").touch()
    assert not bootstrap._usable()
    (tmp_path / ".whole.json").write_text('{"made": "/elsewhere with Python 3.11"}')
    assert not bootstrap._usable()


def test_secrets_are_made_once_and_only_their_owner_may_read_them(folder):
    first = environment.kept_secrets(folder)
    assert environment.kept_secrets(folder) == first
    key = environment.signing_key(folder)
    for path in (folder.path / "secrets.json", key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key.read_text().startswith("-----BEGIN PRIVATE KEY-----")


def test_what_the_stack_tells_a_process_wins_over_the_users_environment(monkeypatch):
    monkeypatch.setenv("AMQP_URI", "amqp://users")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    env = environment.complete({"AMQP_URI": "amqp://ours"})
    assert (env["AMQP_URI"], env["LOG_LEVEL"]) == ("amqp://ours", "debug")
    assert env["PATH"].startswith(str(folders.VENV))


def test_a_torn_state_file_counts_as_empty(tmp_path):
    (tmp_path / "pids.json").write_text('{"identity": {"pi')
    assert folders.read_json(tmp_path / "pids.json") == {}


def test_a_log_shows_only_its_last_start(tmp_path):
    for word in ("first", "second"):
        run_logged(["echo", word], tmp_path / "x.log")
    assert tail(tmp_path / "x.log").strip() == "second"


def test_what_is_not_ready_is_named():
    body = b'{"checks": {"identity": "timeout", "broker": "ok", "market": {"status": "down"}}}'
    assert health._missing(body) == "identity, market"


def test_a_problem_is_told_by_its_code_and_its_keys_are_no_parts():
    body = b'{"type": "/problems/x", "title": "t", "status": 503, "code": "gateway.busy", "detail": "d", "request_id": "r"}'
    assert health._missing(body) == "the gateway answers gateway.busy"
