"""A log line is JSON, carries the correlation id, and holds nothing personal."""

import json
import logging

from services.chassis.core.context import working_on
from services.chassis.core.logs import JsonLines


def line(message="done", **extra) -> dict:
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "services.x", **extra})
    return json.loads(JsonLines("identity").format(record))


def test_the_correlation_id_of_the_work_is_in_the_line():
    with working_on("request-1"):
        assert line()["correlation"] == "request-1"
    assert "correlation" not in line()


def test_personal_fields_are_hidden_at_any_depth():
    shown = json.dumps(
        line(phone="13800000001", outer={"inner": {"receipt": "1234567812345678", "state": "ok"}})
    )
    assert "13800000001" not in shown and "1234567812345678" not in shown and '"ok"' in shown


def test_an_exception_is_told_by_kind_and_place_without_its_words():
    try:
        raise ValueError("王秀英 13800000001")
    except ValueError as error:
        told = line(exc_info=(type(error), error, error.__traceback__))
    assert "ValueError" in told["error"] and "test_logs.py" in told["error"]
    assert "王秀英" not in json.dumps(told, ensure_ascii=False)


def test_an_exceptions_cause_is_told_as_well():
    try:
        try:
            raise KeyError("13800000001")
        except KeyError as inner:
            raise RuntimeError("secret") from inner
    except RuntimeError as error:
        told = line(exc_info=(type(error), error, error.__traceback__))["error"]
    assert "KeyError" in told and "RuntimeError" in told and "secret" not in told and "138" not in told
