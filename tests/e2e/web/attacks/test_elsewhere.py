"""What other sites can do with our pages: not frame them, not be sent people to, not be told where these come from."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

import gateway.web.pages as pages

ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "/.//evil.example",
    "/%09/evil.example",
    "@evil.example",
)
GO_ON = ("/sign-in", "/sign-in/code", "/register", "/first-password")
"""Pages after which people are sent on."""
TO_WECHAT = "/sign-in/wechat"
"""The one page that sends people to another site: the one in the settings, which sends them back here."""
NAMES = ("back", "next", "to", "url", "return", "return_to", "redirect", "continue", "goto", "why", "kept")


@pytest.fixture
def frame():
    """Another site, with one page that frames ours."""
    pages_of_theirs: dict[str, str] = {}

    class Theirs(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages_of_theirs["/"].encode())

        def log_message(self, *_) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Theirs)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield pages_of_theirs, f"http://localhost:{server.server_port}"
    server.shutdown()


def test_no_page_is_shown_in_a_frame_of_another_site(phone, platform, frame):
    theirs, site = frame
    said: list[str] = []
    phone.page.on("console", lambda one: said.append(one.text))
    for path in ("/", "/sign-in", "/report", "/nothing-here", "/docs"):
        said.clear()
        theirs["/"] = f'<!doctype html><iframe src="{platform.base}{path}"></iframe>'
        phone.page.goto(site)
        platform.wait_for(lambda: refused(said), 15)


def refused(said: list[str]) -> bool:
    """Tell whether the browser has refused to show a frame, by what it says on its console."""
    return any("frame-ancestors" in one or "X-Frame-Options" in one for one in said)


@pytest.mark.parametrize("template", sorted(pages.ALL))
def test_every_answer_says_that_it_is_not_to_be_framed_nor_sniffed_nor_scripted(platform, template):
    for answer in (
        requests.get(
            platform.base + pages.ALL[template].path, headers={"Accept": "text/html"}, allow_redirects=False
        ),
        requests.post(
            platform.base + pages.ALL[template].path, headers={"Accept": "text/html"}, allow_redirects=False
        ),
    ):
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.content:
            policy = answer.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
            assert "unsafe" not in policy and "*" not in policy
            assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def leads_to(base: str, location: str) -> str:
    """Give the site that a browser goes to, tabs, line ends and backslashes read as browsers read them."""
    read = "".join(c for c in location if c not in "\t\r\n").replace("\\", "/").strip()
    if read.startswith("//"):
        return read
    scheme = read.partition(":")[0]
    return "" if read.startswith(base) or read.startswith("/") or "/" in scheme else read


@pytest.mark.parametrize("page", sorted(page.path for page in pages.ALL.values() if "{" not in page.path))
def test_nobody_is_sent_to_another_site(cast, browsers, page):
    base = cast.platform.base
    for where in ELSEWHERE[:: 1 if page in GO_ON else 5]:
        for seat in ("nobody", "owner"):
            asked = dict.fromkeys(NAMES, where)
            answer = browsers[seat].get(base + page, params=asked, allow_redirects=False)
            location = answer.headers.get("Location", "/")
            if page == TO_WECHAT:
                assert location.startswith(cast.platform.settings.wechat_authorize_url + "?"), where
                assert "evil" not in location
                location = "/"
            assert leads_to(base, location) == "", (page, where)
            assert 'href="' + where not in answer.text and 'action="' + where not in answer.text


@pytest.mark.parametrize("where", ELSEWHERE)
def test_who_changes_the_size_of_words_is_not_sent_to_another_site(platform, where):
    answer = requests.get(platform.base + "/type-size/large", params={"back": where}, allow_redirects=False)
    assert leads_to(platform.base, answer.headers["Location"]) == ""


@pytest.mark.parametrize("where", ELSEWHERE[1:7:2])
def test_who_signs_in_is_not_sent_to_another_site(phone, cast, where):
    """In a real browser, which reads an address in its own way."""
    owner = cast["owner"]
    answer = phone.page.goto("/sign-in?" + requests.compat.urlencode({"back": where}))
    assert answer.ok
    phone.fill("手机号或登录名", owner.login)
    phone.fill("密码", "乡治 story password")
    phone.press("登录")
    assert phone.page.url.startswith(phone.base + "/")


def test_a_redirect_ends_no_header(platform):
    for back in ("/x\r\nSet-Cookie: a=b", "/x%0d%0aSet-Cookie:%20a=b", "/\u0100\u010d\u010aSet-Cookie: a=b"):
        answer = requests.get(
            f"{platform.base}/type-size/large", params={"back": back}, allow_redirects=False
        )
        assert "a" not in answer.cookies, back
