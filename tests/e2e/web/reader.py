"""Somebody who uses the pages: fills in by label, presses by the words of a button, on the keyboard alone."""

from dataclasses import dataclass, field
from functools import cache

import requests
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.e2e.web import checks

PHONE = {"width": 360, "height": 640}
SIZES = ("normal", "large", "elder")
REDIRECT = 3
"""The first digit of an answer that sends on, and has no page."""


@dataclass
class Reader:
    """One browser of one person; every page that is opened is checked (`tests/e2e/web/checks.py`)."""

    context: BrowserContext
    page: Page
    base: str
    script: bool = True
    sent: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep the last page as it was sent: what a browser shows of it says nothing of what it had to guess."""
        self.page.on("response", self._keep)

    def _keep(self, answer: Response) -> None:
        asked = answer.request
        html = "text/html" in answer.headers.get("content-type", "") and answer.status // 100 != REDIRECT
        if html and asked.is_navigation_request() and asked.frame == self.page.main_frame:
            self.sent[:] = [answer]

    @classmethod
    def on(cls, browser: Browser, base: str, script: bool = True, viewport: dict | None = None) -> "Reader":
        """Open a new browser with nothing in it."""
        context = browser.new_context(
            viewport=viewport or PHONE, java_script_enabled=script, locale="zh-CN", base_url=base
        )
        context.set_default_timeout(15_000)
        return cls(context, context.new_page(), base, script)

    def close(self) -> None:
        """Close it."""
        self.context.close()

    def open(self, path: str, status: int = 200) -> Response:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer.status == status, f"{path} gave {answer.status}: {self.text[:400]}"
        self.look()
        return answer

    def fill(self, label: str, value: str) -> None:
        """Fill in what is called so."""
        self.page.get_by_label(label).first.fill(value)

    def choose(self, label: str) -> None:
        """Tick or choose what is called so."""
        to_pick = self.page.locator("[type=checkbox], [type=radio]")
        self.page.get_by_label(label).and_(to_pick).first.focus()
        self.page.keyboard.press("Space")

    def press(self, words: str) -> None:
        """Press a button on the keyboard."""
        self.page.get_by_role("button", name=words, exact=True).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def follow(self, words: str) -> None:
        """Follow a link on the keyboard."""
        self.page.get_by_role("link", name=words).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    @property
    def text(self) -> str:
        """Give what can be read."""
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        """Give where one is."""
        return self.page.url.removeprefix(self.base)

    def sees(self, *words: str) -> None:
        """Fail where something cannot be read on the page."""
        for one in words:
            assert one in self.text, f"{one!r} is not on {self.path}:\n{self.text}"

    def look(self) -> None:
        """Check the page that is open."""
        found = checks.problems(self.page) if self.script else []
        if self.sent and self.sent[0].url.partition("#")[0] == self.page.url.partition("#")[0]:
            found += checks.problems_as_sent(self.sent.pop().body(), self.weight_of)
        assert not found, f"{self.path}: " + "\n".join(found)

    def weight_of(self, path: str) -> int:
        """Give the bytes of one of our files."""
        return weight_of(self.base + path)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in with a password."""
        self.open("/sign-in")
        self.fill("手机号或登录名", login)
        self.fill("密码", password)
        self.press("登录")


@cache
def weight_of(address: str) -> int:
    """Give the bytes of a file that never changes."""
    return len(requests.get(address, timeout=10).content)
