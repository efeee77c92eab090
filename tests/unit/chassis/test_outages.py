"""Whose outage it is, as a daemon's log says it."""

import amqp
import pytest
from pymongo import errors

from services.chassis.daemons.outages import whose


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            errors._OperationCancelled("operation cancelled"),
            "the database does not answer (_OperationCancelled)",
        ),
        (
            errors.ServerSelectionTimeoutError("no servers"),
            "the database does not answer (ServerSelectionTimeoutError)",
        ),
        (errors.NetworkTimeout("timed out"), "the database does not answer (NetworkTimeout)"),
        (errors.ExecutionTimeout("exceeded", 50), "the database does not answer (ExecutionTimeout)"),
        (
            errors.OperationFailure("no", 13, {"codeName": "Unauthorized"}),
            "the database refuses (Unauthorized)",
        ),
        (ConnectionRefusedError(), "the broker does not answer, or takes nothing (ConnectionRefusedError)"),
        (TimeoutError(), "the broker does not answer, or takes nothing (TimeoutError)"),
        (
            amqp.exceptions.ConnectionForced(),
            "the broker does not answer, or takes nothing (ConnectionForced)",
        ),
        (KeyError("x"), "KeyError"),
    ],
)
def test_a_log_names_who_does_not_answer(error, said):
    assert whose(error) == said
