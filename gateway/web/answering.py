"""What every page answers with: its headers, compressed; and errors as a page for who came with a browser."""

from __future__ import annotations

import gzip
from urllib.parse import urlencode

import orjson
from flask import Flask, Request, Response, current_app, g, request

from gateway.errors import Unauthenticated
from gateway.multipart import MULTIPART
from gateway.web.rendering import render
from gateway.web.stamps import came_from_us
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS, CivicActor

HTML = "text/html; charset=utf-8"
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing inline and nothing from elsewhere. Forms go to us only: a payment provider is reached by a link."""
SMALLEST_ZIPPED = 500


def page(body: str, status: int = 200, trace: bool = True, kept: bool = True) -> Response:
    """Give one page. `trace` False tells the browser to keep nothing of it and no other site where its reader came from.

    `kept` False lets it keep nothing either, where who reads is known.
    """
    raw = body.encode()
    answer = Response(raw, status, content_type=HTML)
    if "gzip" in request.accept_encodings and len(raw) > SMALLEST_ZIPPED:
        answer.set_data(gzip.compress(raw, 6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.update(("Accept-Encoding", "Cookie"))
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY
    answer.headers["Cache-Control"] = "private, no-cache" if trace and kept else "no-store"
    answer.headers["Referrer-Policy"] = "same-origin" if trace else "no-referrer"
    return answer


def see_other(path: str) -> Response:
    """Send the browser on after something was done, so that a reload does not send it again."""
    answer = Response(status=303)
    answer.location = path
    return answer


def is_for_a_browser(came: Request) -> bool:
    """Tell whether who asks reads pages: a browser says that it takes HTML, a program names JSON, anything or nothing."""
    return "Authorization" not in came.headers and "text/html" in came.headers.get("Accept", "")


def install(app: Flask) -> None:
    """Let errors be pages for browsers; programs get the same as ever."""

    @app.after_request
    def as_page(answer: Response) -> Response:
        if answer.mimetype == "application/problem+json" and is_for_a_browser(request):
            return _as_page(answer)
        return answer


def _reader() -> CivicActor:
    """Give who reads: who asked for the page, and at an address that is none, whose session the browser has."""
    if "reader" in g:
        return g.reader
    try:
        return current_app.extensions["web"].sessions.actor_of(request)
    except (KeyError, DomainError, Unauthenticated):
        return ANONYMOUS


def _as_page(problem: Response) -> Response:
    told = problem.get_json()
    route, reader = g.get("page"), _reader()
    body = render(
        "pages/problem.html",
        actor=reader,
        start=STARTS.get(reader.kind),
        status=problem.status_code,
        told=told,
        heading=HEADINGS.get(problem.status_code, HEADINGS[400 if problem.status_code < 500 else 500]),
        again=problem.headers.get("Retry-After"),
        sentence=_sentence(problem.status_code, told),
    )
    trace, kept = (route.trace, route.kept) if route else (True, True)
    answer = page(body, problem.status_code, trace, kept)
    for name in ("Retry-After", "Allow"):
        if name in problem.headers:
            answer.headers[name] = problem.headers[name]
    return answer


def _sentence(status: int, told: dict) -> str:
    """Say what to do; what speaks of documentation or formats is for programs."""
    return FOR_PEOPLE.get(told["code"], told["detail"])


STARTS = {
    "resident": ("/my", "回到“我的”"),
    "official": ("/work", "回到工作首页"),
    "entrant": ("/work/begin", "去设好密码和第二因素"),
}
"""Where each kind of account goes on, and what its link says."""
HEADINGS = {
    400: "提交的内容有误",
    401: "请先登录",
    403: "这一页不向您的账号开放",
    404: "没有找到这一页",
    405: "这一步不能这样打开",
    413: "内容太大",
    429: "请稍等一会儿",
    500: "系统出错了",
    503: "现在忙，请稍后再试",
}
FOR_PEOPLE = {
    "route.not_found": "网址可能抄错了，或者这一页已经不在了。请从首页重新找。",
    "route.method_not_allowed": "请从上一页点按钮进来。",
    "request.malformed": "请回到上一页，核对后重新提交。",
    "request.too_large": "没有提交。照片和文件每个最多 15 MB，请换小一点的；文字太多的，请少写一些。",
}


MOST_KEPT = 60_000
"""Characters of what was typed that go along over a sign-in: of what is longer nothing is promised."""


def sign_in_first(came: Request) -> Response:
    """Send who has to sign in there, and back afterwards; a form of ours that comes without a cookie was filled in before it was gone."""
    if came.method == "POST" and came_from_us(came.headers, came.host, signs_in=True):
        return sign_in_again(came)
    return see_other("/sign-in?" + urlencode({"back": came.full_path.rstrip("?")}))


def sign_in_again(came: Request) -> Response:
    """Say that the session is over. What was typed goes along, and is offered again after signing in; passwords and files do not."""
    if came.method == "GET":
        return see_other("/sign-in?" + urlencode({"back": came.full_path.rstrip("?"), "why": "over"}))
    ours = came_from_us(came.headers, came.host, signs_in=True) and came.mimetype != MULTIPART
    kept = [one for one in came.form.items(multi=True) if "password" not in one[0]] if ours else []
    back, text = came.full_path.rstrip("?"), orjson.dumps(kept).decode() if kept else ""
    text = text if len(text) <= MOST_KEPT else ""
    body = render("pages/session_over.html", back=back, kept=text)
    return page(body, 401, kept=False)
