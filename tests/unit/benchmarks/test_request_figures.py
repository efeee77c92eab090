"""What is made of the measurements of requests: rows, ratios, aims, what got worse, and the tables."""

import json

import pytest

from benchmarks.requests import figures, report
from benchmarks.requests.asks import Ask
from benchmarks.requests.figures import Measured
from benchmarks.requests.load import Void, parse
from benchmarks.requests.plan import Plan, plan_of

TOLD = {"requests": 900, "sent": 917, "us": 2_000_000, "p50_us": 1500.0, "p99_us": 4000.5}
WELL = dict.fromkeys(("status", "connect", "read", "write", "timeout"), 0)
KEYS = {"setup", "work", "system", "clients", "rps", "p50_ms", "p99_ms", "cpu_us", "ratio_to_monolith"}
LIST = ("all-cores", "list", 16)


def output(**changes) -> str:
    return f"Running 2s test\n  900 requests in 2.00s\n\nRESULT {json.dumps({**TOLD, **WELL, **changes})}\n"


def seen(*rates: float, p50: float = 10.0, p99: float = 20.0) -> list[Measured]:
    return [Measured(rate, p50, p99, 500.0) for rate in rates]


def row(system: str, ratio: float | None, **changes) -> dict:
    made = {"setup": "all-cores", "work": "list", "system": system, "clients": 16, "rps": 100.0}
    return {**made, "p50_ms": 10.0, "p99_ms": 20.0, "cpu_us": 5.0, "ratio_to_monolith": ratio, **changes}


def test_what_the_load_told_is_read_in_answers_a_second_and_milliseconds():
    loaded = parse(output())
    assert (loaded.rps, loaded.p50_ms, loaded.p99_ms, loaded.sent) == (450.0, 1.5, 4.0005, 917)


@pytest.mark.parametrize("wrong", sorted(WELL))
def test_a_measurement_with_one_wrong_answer_proves_nothing(wrong):
    with pytest.raises(Void, match=f"1 {wrong}"):
        parse(output(**{wrong: 1}))


@pytest.mark.parametrize("printed", ["", "unable to connect to 127.0.0.1", output(requests=0)])
def test_a_measurement_without_answers_proves_nothing(printed):
    with pytest.raises(Void):
        parse(printed)


def test_a_ratio_compares_each_round_with_the_monolith_in_the_same_round():
    rows = figures.rows_of({LIST: {"monolith": seen(1000, 100, 500), "xiangzhi": seen(500, 60, 400)}})
    ours = next(one for one in rows if one["system"] == "xiangzhi")
    assert ours["ratio_to_monolith"] == 0.6
    assert ours["rps"] == 400
    assert set(ours) == KEYS


def test_a_system_that_lost_a_round_is_compared_with_nothing():
    rows = figures.rows_of({LIST: {"monolith": seen(1000, 100), "nameko": seen(500), "xiangzhi": []}})
    assert {one["system"]: one["ratio_to_monolith"] for one in rows} == {"monolith": 1.0, "nameko": None}


def test_an_aim_is_met_at_its_bound_and_missed_below_it():
    rows = [row("monolith", 1.0, rps=1000.0), row("nameko", 0.1, rps=100.0)]
    at = {a.says: a.met for a in figures.aims([*rows, row("xiangzhi", 0.6, rps=500.0)])}
    below = {a.says: a.met for a in figures.aims([*rows, row("xiangzhi", 0.599, rps=499.0, p99_ms=30.0)])}
    assert len(at) == 3
    assert set(at.values()) == {True}
    assert set(below.values()) == {False}


def test_a_cached_public_read_is_not_compared_with_systems_that_ask_a_service():
    rows = [row(name, 1.5, work="public-read") for name in ("monolith", "nameko", "xiangzhi")]
    assert not [aim for aim in figures.aims(rows) if "nameko" in aim.says]


def test_a_row_that_got_more_than_a_fifth_worse_is_named():
    before = [row("xiangzhi", 0.5), row("xiangzhi", 0.5, work="page"), row("nameko", 0.5)]
    now = [row("xiangzhi", 0.41), row("xiangzhi", 0.39, work="page"), row("nameko", 0.1)]
    assert figures.worse(now, before) == ["all-cores page 16 clients: 0.50 of the monolith before, 0.39 now"]


def test_the_run_before_of_a_row_is_the_newest_that_measured_it(tmp_path):
    history = tmp_path / "history"
    runs = ([row("xiangzhi", 0.5), row("xiangzhi", 0.9, work="page")], [row("xiangzhi", 0.7)])
    history.write_text("".join(json.dumps({"at": "x", "rows": rows}) + "\n" for rows in runs))
    found = {one["work"]: one["ratio_to_monolith"] for one in report.before(history)}
    assert found == {"list": 0.7, "page": 0.9}
    assert report.before(tmp_path / "none") == []


def test_the_table_has_a_block_for_each_row_and_a_dash_for_a_ratio_that_there_is_not():
    lines = report.table([row("monolith", 1.0), row("xiangzhi", None), row("monolith", 1.0, clients=1)])
    assert [line for line in lines.splitlines() if line.startswith("all-cores")] == [
        "all-cores, list, 16 clients",
        "all-cores, list, 1 client",
    ]
    assert next(line for line in lines.splitlines() if line.startswith("xiangzhi")).split()[2] == "-"


def test_missed_aims_are_told_first():
    told = report.told([figures.Aim("one", 0.7, True), figures.Aim("two", 0.5, False)])
    assert told.splitlines() == ["MISSED  two: 0.50", "met     one: 0.70"]


def test_chosen_rows_keep_their_order_and_the_monolith_and_ours_always_run():
    plan = plan_of(["--works", "login,list", "--systems", "nameko", "--clients", "16", "--rounds", "1"])
    assert plan.works == ("list", "login")
    assert plan.systems == ("monolith", "nameko", "xiangzhi")
    assert (plan.clients, plan.rounds) == ((16,), 1)


@pytest.mark.parametrize("wrong", [["--works", "lists"], ["--rounds", "0"], ["--clients", "many"]])
def test_a_wrong_choice_is_refused(wrong):
    with pytest.raises(SystemExit):
        plan_of(wrong)


def test_systems_take_turns_in_alternating_order_and_all_of_it_takes_less_than_fifteen_minutes():
    plan = Plan()
    assert plan.turns(0) == plan.turns(1)[::-1] == plan.turns(2)
    assert plan.minutes < 15


def test_a_request_is_written_whole_with_the_length_of_its_bytes():
    raw = Ask("POST", "/x", token="t", body={"name": "王"}, key="k" * 16).raw
    head, _, body = raw.partition(b"\r\n\r\n")
    assert body.decode() == '{"name": "王"}'
    assert b"Content-Length: 15" in head.split(b"\r\n")
    assert head.startswith(b"POST /x HTTP/1.1\r\n")
    assert b"Authorization: Bearer t" in head and b"Idempotency-Key: " + b"k" * 16 in head
