"""How large the words are: an ordinary size, a larger one, and the mode for elders; a cookie once somebody has chosen.

Pages that leave no trace read no cookie: there the size stands in the address, which tells nothing else.
"""

from urllib.parse import urlencode

from flask import Flask, Response, g, request

from gateway.web.answering import see_other
from gateway.web.visit import LOCAL

SIZES = {"normal": "标准", "large": "大字", "elder": "长辈版"}
COOKIE = "size"
YEAR_SECONDS = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Let the size be chosen from every page, and told to every template."""

    @app.get("/type-size/<size>")
    def choose_type_size(size: str) -> Response:
        back = request.args.get("back", "")
        answer = see_other(back if LOCAL.match(back) else "/")
        if size in SIZES:
            answer.set_cookie(COOKIE, size, max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
        return answer

    @app.context_processor
    def sizes() -> dict:
        untraced = (page := g.get("page")) is not None and not page.trace
        chosen = request.args.get("size", "") if untraced else request.cookies.get(COOKIE, "")
        size = chosen if chosen in SIZES else "normal"
        return {
            "sizes": SIZES,
            "size": size,
            "untraced": untraced,
            "size_address": _address_untraced if untraced else _address,
            "report_address": "/report" if size == "normal" else f"/report?size={size}",
        }


def _address(size: str) -> str:
    return f"/type-size/{size}?" + urlencode({"back": request.full_path.rstrip("?")})


def _address_untraced(size: str) -> str:
    return f"{request.path}?size={size}"
