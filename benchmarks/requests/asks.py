"""The requests of each row, whole: `bytes` for wrk, and the same for looking at one answer."""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from benchmarks.requests.peers.pages import COOKIE
from benchmarks.requests.peers.queries import LATEST
from benchmarks.requests.seeds import OFFICIAL, PASSWORD, TOWN, Seeds
from services.chassis.core.calls import Call
from services.identity.access.account import Account
from services.identity.access.sessions.model import Session, start
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens

SEARCHED = "社会保险"
TOKEN_SECONDS = 600
"""A token lives a quarter of an hour; no row takes five minutes."""
A_SECOND = 4_000
"""Requests with a key of their own that are written down for each second: more than any system manages."""


@dataclass(frozen=True)
class Ask:
    """One HTTP request; `headers` beside the obvious."""

    verb: str
    path: str
    token: str = ""
    body: dict | None = None
    key: str = ""
    cookie: str = ""
    shows: tuple[tuple[str, int], ...] = ()
    """What a page must hold, and how often: rows are told by their links."""

    @property
    def headers(self) -> dict[str, str]:
        """Give its headers."""
        given = {"Host": "127.0.0.1"}
        if self.token:
            given["Authorization"] = f"Bearer {self.token}"
        if self.cookie:
            given["Cookie"] = self.cookie
        if self.key:
            given["Idempotency-Key"] = self.key
        if self.body is not None:
            given["Content-Type"] = "application/json"
        return given

    @property
    def raw(self) -> bytes:
        """Give the whole request as it goes over the wire."""
        body = b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()
        lines = [f"{self.verb} {self.path} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers.items())]
        if self.body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body


class Asks:
    """Makes requests over the seeds; a token is used for minutes, as people do, but not until it expires."""

    def __init__(self, seeds: Seeds, tokens: Tokens, sessions: SessionStore, page: str):
        self.seeds, self._tokens, self._sessions, self.page = seeds, tokens, sessions, page
        self._known: dict[str, tuple[float, tuple[str, str]]] = {}
        self.makers: dict[str, Callable[[], list[Ask]]] = {
            "private-read": self._private_read,
            "public-read": self._public_read,
            "list": self._list,
            "page": self._page,
            "search": self._search,
            "login": self._login,
            "listing-page": self._listing_page,
            "my-page": self._my_page,
            "desk-page": self._desk_page,
        }

    def of(self, work: str) -> list[Ask]:
        """Give the requests of a row that reads, or signs in: they are sent again and again."""
        return self.makers[work]()

    def writes(self, count: int, after: int) -> list[Ask]:
        """Give so many different applications after the first `after`, each with a key of its own."""
        people, matters = self.seeds.residents, self.seeds.matters
        tokens = [self._token(_resident(id)) for id in people]
        if after + count > len(people) * len(matters):
            raise RuntimeError("all pairs of residents and matters are used up: measure for a shorter time")
        body = {"name": "王秀英", "phone": "13800000000"}
        materials = [{"name": "居民身份证", "note": "原件已核对"}]
        made = []
        for n in range(after, after + count):
            matter = matters[n // len(people)]
            asked = {"matter_id": matter, **body, "materials": materials}
            made.append(Ask("POST", "/applications", tokens[n % len(people)], asked, uuid.uuid4().hex))
        return made

    def _private_read(self) -> list[Ask]:
        pairs = zip(self.seeds.residents, self.seeds.applications, strict=True)
        return [Ask("GET", f"/applications/{id}", self._token(_resident(person))) for person, id in pairs]

    def _public_read(self) -> list[Ask]:
        return [Ask("GET", f"/listings/{id}") for id in self.seeds.listings[:200]]

    def _list(self) -> list[Ask]:
        return [Ask("GET", "/applications?state=submitted&limit=20", self._token(_official()))]

    def _page(self) -> list[Ask]:
        return [Ask("GET", self.page, self._token(_resident(id))) for id in self.seeds.residents]

    def _search(self) -> list[Ask]:
        return [Ask("GET", f"/matters?text={quote(SEARCHED)}&limit=20")]

    def _login(self) -> list[Ask]:
        return [Ask("POST", "/sessions", body={"login": p, "password": PASSWORD}) for p in self.seeds.phones]

    def _listing_page(self) -> list[Ask]:
        shows = (("村里核实过", 1), ("</svg>", 1))
        return [Ask("GET", f"/market/{id}", shows=shows) for id in self.seeds.listings[:200]]

    def _my_page(self) -> list[Ask]:
        shows = (
            ('href="/my/applications/', LATEST),
            ('href="/my/orders/', LATEST),
            ("您的申请已受理", LATEST),
        )
        return [
            Ask("GET", "/my", cookie=self._cookie(_resident(id)), shows=shows) for id in self.seeds.residents
        ]

    def _desk_page(self) -> list[Ask]:
        shows = (('href="/work/applications/', 20),)
        return [Ask("GET", "/work/applications", cookie=self._cookie(_official()), shows=shows)]

    def _cookie(self, who: Account) -> str:
        """Sign in for pages: ours by the browser's opaque secret, the monolith by the token itself."""
        return self._opened(who)[1]

    def _token(self, who: Account) -> str:
        return self._opened(who)[0]

    def _opened(self, who: Account) -> tuple[str, str]:
        """Give the access token of a session and the cookies of another one, for each system its own."""
        made, opened = self._known.get(who.id, (float("-inf"), ("", "")))
        if time.monotonic() - made > TOKEN_SECONDS:
            now = datetime.now(UTC)
            token = self._tokens.give(self._begun(who, now), who, now)["access_token"]
            secret = self._tokens.browser_secret(self._begun(who, now, browser=True).id)
            opened = token, f"xiangzhi={secret}; {COOKIE}={token}"
            self._known[who.id] = time.monotonic(), opened
        return opened

    def _begun(self, who: Account, now: datetime, browser: bool = False) -> Session:
        """Keep a session: a gateway that has just started asks whether it goes on."""
        begun = start(uuid.uuid4().hex, who, now)
        if browser:
            begun.move_into_browser(now)
        self._sessions.add(begun, [], Call({}, now=now))
        return begun


def _resident(id: str) -> Account:
    return Account(id, "resident", TOWN, (), 1, "", False)


def _official() -> Account:
    roles = (("town_administrator", TOWN),)
    return Account(OFFICIAL, "official", TOWN, roles, 0, "", False, stamp="0")
