"""Answers that are the same for everybody and seldom change: kept compressed, known again by their tag."""

import gzip
from functools import cache

from flask import Response, request

FRESH_SECONDS = 300


def cacheable(body: bytes, content_type: str, **headers: str) -> Response:
    """Give the body, gzipped where the caller takes that; 304 where the caller has it already."""
    zipped = "gzip" in request.accept_encodings
    answer = Response(_zipped(body) if zipped else body, content_type=content_type)
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    answer.vary.add("Accept-Encoding")
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = value
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@cache
def _zipped(body: bytes) -> bytes:
    # no time of compression in it: every worker gives the same bytes, and thereby the same tag
    return gzip.compress(body, mtime=0)
