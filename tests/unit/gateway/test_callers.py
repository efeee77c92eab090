"""The caller's address is what a proxy of ours saw, never what the caller wrote."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from gateway.callers import caller_of


def address(proxies, forwarded=(), connection="10.0.0.9"):
    headers = [("X-Forwarded-For", line) for line in forwarded]
    environ = EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": connection}).get_environ()
    return caller_of(Request(environ), proxies).address


def test_without_proxies_the_connection_tells_and_the_header_is_not_believed():
    assert address(0, ["1.2.3.4"]) == "10.0.0.9"


@pytest.mark.parametrize(
    ("proxies", "expected"), [(1, "8.8.8.8"), (2, "7.7.7.7"), (3, "6.6.6.6"), (4, "10.0.0.9")]
)
def test_behind_proxies_the_outermost_of_ours_tells(proxies, expected):
    assert address(proxies, ["6.6.6.6, 7.7.7.7,8.8.8.8"]) == expected


def test_what_is_no_address_is_not_taken():
    assert address(1, ["unknown"]) == "10.0.0.9"
    assert address(1) == "10.0.0.9"
