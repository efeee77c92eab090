"""What a virus scanner says, asked over a real connection of a server that can misbehave."""

import os
import socket
import threading

import pytest

from deploy.local.simulators.clamd import EICAR, GARBAGE, Behaviour, ClamdSimulator
from services.civic.files import scanner
from services.civic.files.scanner import NO_SCANNER, FileScanner, ScannerSilent

PIECES = [os.urandom(200_000), os.urandom(70_000), b"end"]


@pytest.fixture
def clamd():
    with ClamdSimulator() as server:
        yield server


def test_what_is_clean_comes_whole_and_is_said_to_be_clean(clamd):
    assert FileScanner(clamd.url).finds_something(PIECES) is False
    assert clamd.seen.streams == [sum(map(len, PIECES))]
    assert FileScanner(clamd.url).finds_something([]) is False


@pytest.mark.parametrize("cut", [0, 1, len(EICAR) // 2, len(EICAR)])
def test_what_is_infected_is_found_wherever_it_stands(clamd, cut):
    pieces = [PIECES[0] + EICAR[:cut], EICAR[cut:] + PIECES[1]]
    assert FileScanner(clamd.url).finds_something(pieces) is True


@pytest.mark.parametrize(
    "told",
    [
        Behaviour(hang_up_after=0),
        Behaviour(hang_up_after=100_000),
        Behaviour(answer=""),
        Behaviour(answer="stream: OK"),
        Behaviour(answer="stream: OK\nstream: Eicar FOUND\0"),
        Behaviour(answer="another: OK\0"),
        Behaviour(answer="stream: lstat() failed. ERROR\0"),
        Behaviour(answer=GARBAGE.decode("latin-1")),
        Behaviour(answer="x" * 100_000),
        Behaviour(largest=1000),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_what_is_no_clear_word_is_none(clamd, told):
    clamd.behaviour = told
    with pytest.raises(ScannerSilent):
        FileScanner(clamd.url).finds_something(PIECES)


def test_a_scanner_that_is_away_or_does_not_answer_in_time_is_silent(clamd, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(ScannerSilent):
            FileScanner(f"tcp://127.0.0.1:{free.getsockname()[1]}").finds_something(PIECES)
    with pytest.raises(ScannerSilent):
        FileScanner("unix:///nowhere/clamd.ctl").finds_something(PIECES)
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.3)
    for told in (Behaviour(slow_ms=60_000), Behaviour(drip_ms=50, answer="x" * 4000 + "\0")):
        clamd.behaviour = told
        with pytest.raises(ScannerSilent, match="Timeout"):
            FileScanner(clamd.url).finds_something(PIECES)


def test_a_socket_of_the_machine_is_asked_too(tmp_path):
    path, said = str(tmp_path / "clamd.ctl"), []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()

        def answer() -> None:
            line, _ = server.accept()
            with line:
                said.append(line.recv(100_000))
                line.sendall(b"stream: OK\0")

        thread = threading.Thread(target=answer)
        thread.start()
        assert FileScanner(f"unix://{path}").finds_something([b"abc"]) is False
        thread.join()
    assert said[0].startswith(b"zINSTREAM\0")


def test_without_an_address_there_is_none():
    assert not NO_SCANNER and FileScanner("tcp://clamd:3310")
