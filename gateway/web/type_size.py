"""How large the words are: an ordinary size, a larger one, and the mode for elders; a cookie once somebody has chosen."""

from flask import Flask, Response, request

from gateway.web.answering import see_other
from gateway.web.views import LOCAL

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
        chosen = request.cookies.get(COOKIE, "")
        return {"sizes": SIZES, "size": chosen if chosen in SIZES else "normal"}
