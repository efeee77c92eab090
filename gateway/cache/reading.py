"""Public reads: one caller asks the service, those who want the same meanwhile get what that one got."""

from collections.abc import Callable, Iterable

from flask import Response

from gateway.cache import answers
from gateway.cache.entry import KeptAnswer, Key
from gateway.cache.invalidation_listener import InvalidationListener
from gateway.cache.store import Asking, KeptAnswers
from gateway.routing import Cached, Route
from services.chassis.core.per_process import PerProcess
from services.chassis.core.settings import Settings

LONGEST_KEY = 512
"""Characters of path and query together; what is longer is asked each time."""
WAIT_SECONDS = 1.0
"""How long one waits for another's question before asking the same."""
TURNS = 2
"""How often: after that one asks alone, so that a service that fails keeps nobody waiting for long."""


class PublicReads:
    """The cached routes' store, and how they are asked; begins to hear with the first request of each process."""

    def __init__(self, settings: Settings, routes: Iterable[Route]):
        groups = {route.cached.events for route in routes if route.cached}
        self.store = KeptAnswers(settings.cache_max_bytes, settings.cache_max_age, groups)
        patterns = {pattern for group in groups for pattern in group}
        self._listener = PerProcess(lambda: InvalidationListener(settings.amqp_uri, patterns, self.store))

    def answer(self, route: Route, environ: dict, path: dict, ask: Callable[[], bytes]) -> Response:
        """Give the answer to a cached route; `ask` gives the service's as JSON and raises what it raises."""
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if wants_it_fresh(environ):
            return _asked(ask(), "fwd=request", if_none_match)
        found, told = self._find(route, key_of(environ), _subject(route, path), ask)
        if isinstance(found, KeptAnswer):
            return self._kept(found, told, if_none_match)
        return _asked(found, told, if_none_match)

    def body(self, route: Route, asked: dict, ask: Callable[[], bytes]) -> bytes:
        """Give the same answer's JSON alone, for a page of which it is a part; `asked` by name, as in the route."""
        found, _ = self._find(route, route.address(asked), _subject(route, asked), ask)
        return found.body if isinstance(found, KeptAnswer) else found

    def _find(
        self, route: Route, key: Key, subject: str | None, ask: Callable[[], bytes]
    ) -> tuple[KeptAnswer | bytes, str]:
        """Give what is kept, or what the service says now, and what was done."""
        if len(key[0]) + len(key[1]) > LONGEST_KEY or not self._is_heard():
            return ask(), "fwd=bypass"
        for _ in range(TURNS):
            held = self.store.find(key)
            if held:
                return held, self.hit(held)
            begun = self.store.begin(key, _cached(route).events, subject)
            if begun is None:
                break
            asking, leads = begun
            if leads:
                body = self._lead(asking, ask, route)
                return body, "fwd=miss; stored" if asking.held else "fwd=miss"
            held = asking.wait(WAIT_SECONDS)
            if held:
                return held, "fwd=miss; collapsed"
        return ask(), "fwd=miss"

    def hit(self, held: KeptAnswer) -> str:
        """Say that it was kept, and for how many seconds it may be at most."""
        return f"hit; ttl={max(int(self.store.max_age - self.store.age(held)), 0)}"

    def close(self) -> None:
        """Hear and keep nothing any more."""
        listener = self._listener.take()
        if listener:
            listener.close()

    def _lead(self, asking: Asking, ask: Callable[[], bytes], route: Route) -> bytes:
        body = None
        try:
            body = ask()
        finally:
            self.store.end(asking, body, f"{route.verb} {route.path}")
        return body

    def _is_heard(self) -> bool:
        if self.store.max_age <= 0:
            return False
        self._listener.get()
        return self.store.usable

    def _kept(self, held: KeptAnswer, told: str, if_none_match: str | None) -> Response:
        answer = _made(held.body, held.etag, told, if_none_match)
        answer.headers["Age"] = str(int(self.store.age(held)))
        return answer


def _cached(route: Route) -> Cached:
    if route.cached is None:
        raise ValueError(f"{route.verb} {route.path} may not be kept for others")
    return route.cached


def _subject(route: Route, asked: dict) -> str | None:
    """The one thing that the answer shows, where it shows one only."""
    one = _cached(route).one
    return asked[one] if one else None


def key_of(environ: dict) -> Key:
    """Give what an answer is kept under: the path and the query, as they were sent."""
    return environ["PATH_INFO"], environ.get("QUERY_STRING", "")


def wants_it_fresh(environ: dict) -> bool:
    """Tell whether the caller asks past every cache (RFC 9111, 5.2.1.4): who has just written and reads it again."""
    return "no-cache" in environ.get("HTTP_CACHE_CONTROL", "").lower()


def _asked(body: bytes, told: str, if_none_match: str | None) -> Response:
    return _made(body, answers.etag_of(body), told, if_none_match)


def _made(body: bytes, etag: str, told: str, if_none_match: str | None) -> Response:
    if answers.has_it_already(if_none_match, etag):
        answer = Response(status=304, headers=answers.lasting_unchanged(etag))
    else:
        answer = Response(body, 200, answers.lasting(body, etag))
    answer.headers.add(*answers.status_line(told))
    return answer
