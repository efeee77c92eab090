"""One spelling for each address: what is spelled otherwise is no address, before anything has looked at it.

Gates, the cache, guards and the log go by the path. Of two spellings that the router takes for one, a limit would count the one
and let the other by: so `//sessions`, `/./sessions`, `/sessions;x`, an encoded `%252F` and whatever else no address of ours holds is
refused here, as an address that does not exist is. The web server has decoded the path once; nothing decodes it again.
Source: RFC 3986, section 6 (one of its normal forms is taken, none is made).
"""

import re
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus

from gateway.middleware import REQUEST_ID, log_answer
from gateway.refusing import refuse

NORMAL = re.compile(r"/|(?:/(?!\.{1,2}(?:/|\Z))[^/\\;%?#\x00-\x20\x7f]+)+")
"""A slash before each part and none behind the last; no part is empty, `.` or `..`, or holds what separates, encodes or shows
nothing."""


class NormalPaths:
    """A WSGI application that lets addresses in their one spelling through to the one behind it."""

    def __init__(self, app: Callable):
        self._app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer one request."""
        if is_normal(environ["PATH_INFO"]):
            return self._app(environ, start_response)
        log_answer("other", HTTPStatus.NOT_FOUND, time.perf_counter(), environ[REQUEST_ID])
        return refuse(environ, start_response, HTTPStatus.NOT_FOUND)


def is_normal(path: str) -> bool:
    """Tell whether a path, its bytes as WSGI gives them (latin-1), is spelled as an address of ours may be."""
    try:
        path.encode("latin-1").decode()
    except UnicodeError:
        return False
    return NORMAL.fullmatch(path) is not None
