"""Logs as a person reads them, and one request found in all of them."""

import json

import pytest

from deploy.local import logs
from deploy.local.folders import Folder
from deploy.local.refusal import Refusal

ASKED = "4f0c9a7e1b2d3c4f"


def written(at: str, process: str, message: str, **more) -> str:
    whole = {
        "time": f"2026-12-01T{at}+00:00",
        "level": "INFO",
        "process": process,
        "logger": "x",
        "message": message,
    }
    return json.dumps({**whole, **more}, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path)
    folder.logs.mkdir(parents=True, exist_ok=True)
    (folder.logs / "gateway.log").write_text(
        "\n".join(
            [
                "starting",
                written(
                    "03:00:02", "gateway", "answered", route="POST /orders", status=201, request_id=ASKED
                ),
                written("03:00:03", "gateway", "answered", route="GET /orders", request_id="another-one"),
            ]
        )
        + "\n"
    )
    placed = written("03:00:01", "market", "answered", method="market.place_order", correlation=ASKED)
    (folder.logs / "market.log").write_text(placed + "\n")
    return folder


def test_a_line_says_when_how_bad_who_and_what():
    line = written(
        "03:00:01",
        "market",
        "answered",
        method="market.place_order",
        outcome="Rejected",
        reason="order.sold_out",
        ms=3.2,
    )
    assert logs.readable(line) == (
        "03:00:01 INFO    market    answered  method=market.place_order outcome=Rejected reason=order.sold_out ms=3.2"
    )


def test_what_is_no_line_of_ours_stays_as_it_is():
    assert logs.readable("=INFO REPORT==== {not json\n") == "=INFO REPORT==== {not json"


def test_one_request_is_found_in_all_processes_in_its_order(folder, capsys):
    assert logs.read(folder, [f"request={ASKED}"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line[:8] for line in shown] == ["03:00:01", "03:00:02"]
    assert "market.place_order" in shown[0] and "POST /orders" in shown[1]


def test_a_request_is_found_as_it_was_written(folder, capsys):
    assert logs.read(folder, ["json", f"request={ASKED}", "gateway"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["request_id"] == ASKED


def test_a_request_that_nobody_knows_is_said(folder, capsys):
    assert logs.read(folder, ["request=nobody-asked-this"]) == 1
    assert "nobody-asked-this" in capsys.readouterr().err


def test_a_log_that_there_is_not_is_refused_with_those_that_there_are(folder):
    with pytest.raises(Refusal, match="gateway, market"):
        logs.read(folder, ["identty"])
