"""Markup typed into every field of every page, and into every address, comes back as text."""

import socket
from urllib.parse import urlsplit

import pytest

import gateway.web.pages as pages
from gateway.routes import ALL as ROUTES
from gateway.web import forms
from gateway.web.declarations import Action, of_the_api
from tests.e2e.web.attacks.markup import PAYLOAD, filled_in, planted
from tests.e2e.web.attacks.where import OF_ACTS

API = of_the_api(ROUTES)
ACTS = {name: (page, act) for page in pages.ALL.values() for name, act in page.acts.items()}
SECRET = PAYLOAD + "not to be shown"
TYPED = ("text", "lines", "number", "money", "amount", "code", "date")
QUERY = (
    "do",
    "done",
    "text",
    "cursor",
    "state",
    "kind",
    "back",
    "why",
    "code",
    "member",
    "ask",
    "leave",
    "village",
)
QUERY += (
    "place",
    "town",
    "region",
    "sort",
    "seller_id",
    "size",
    "change_asked",
    "escalated",
    "mark",
    "below",
    "price",
)
QUERY += ("office", "wards", "helpers", "limit")
OF_ANOTHER_KIND = {"write_question": {"longest", "least_fen", "most_fen"}}
"""Fields of an act that stand on its page for another kind of thing only."""
PICKED = ("village", "to", "official_id")
"""Villages and officials, which are chosen from what was found and not typed."""


def inputs(act: Action) -> list[forms.Input]:
    """Give what people fill in."""
    return list(forms.inputs_of(API.get(act.at), act.fields, {}, {}))


def typed(act: Action, **own: str) -> dict[str, str]:
    """Fill every field of an act with markup, and the page's own names as well."""
    sent = dict(own)
    for one in inputs(act):
        if one.kind == "date":
            sent |= {f"{one.name}-{part}": PAYLOAD for part, _ in forms.DATE_PARTS}
        else:
            sent[one.name] = SECRET if one.kind == "password" else PAYLOAD
    return sent


def test_every_act_has_its_place():
    assert set(OF_ACTS) == set(ACTS)


@pytest.mark.parametrize("name", sorted(OF_ACTS))
def test_what_is_typed_comes_back_as_text(browsers, made, name):
    """Sent with an old stamp: everything is kept on the page, and nothing is done."""
    place, (_, act) = OF_ACTS[name], ACTS[name]
    path, own = made(name)
    for step in range(max(1, len(act.steps))):
        shown = {one.name for one in inputs(act) if not act.steps or one.name in act.steps[step].fields}
        shown -= OF_ANOTHER_KIND.get(name, set())
        sent = {"act": name, "stamp": PAYLOAD, **typed(act, **own), "step": str(step) if act.steps else ""}
        answer = browsers[place.seat].post(browsers.base + path, sent)
        assert (answer.status_code, planted(answer.text)) == (400, []), answer.text[:3000]
        assert SECRET not in answer.text and "not to be shown" not in answer.text
        found = list(filled_in(answer.text))
        for one in inputs(act):
            if one.kind in TYPED and one.name in shown and one.name not in PICKED:
                field = f"{one.name}-year" if one.kind == "date" else one.name
                assert (field, PAYLOAD) in found, f"{field} is not on {path}: {answer.text}"


@pytest.mark.parametrize("template", sorted(pages.ALL))
def test_what_an_address_says_comes_back_as_text(browsers, made, template):
    page = pages.ALL[template]
    seats = {place.seat for name, place in OF_ACTS.items() if name in page.acts} or SEAT_OF_GUARD[
        template.split("/")[0]
    ]
    for seat in sorted(seats):
        paths = {made(name)[0] for name in page.acts if OF_ACTS[name].seat == seat}
        for path in {page.path.split("{")[0] + PAYLOAD if "{" in page.path else page.path} | paths:
            asked = dict.fromkeys(QUERY, PAYLOAD)
            answer = browsers[seat].get(browsers.base + path.partition("?")[0], params=asked)
            assert answer.status_code < 500, (answer.url, answer.text)
            assert planted(answer.text) == [], answer.url


SEAT_OF_GUARD = {
    "everybody": {"nobody"},
    "reporter": {"nobody"},
    "resident": {"owner"},
    "buyer": {"owner"},
    "seller": {"owner"},
    "work": {"village administrator", "discipline officer", "county administrator"},
}


@pytest.mark.parametrize(
    "query", [b"\xff", b"text=\xff\xfe", b"%00", b"text=%ff%fe&back=%ff", b"=&=&&", b"a" * 3000]
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/guide", "/market", "/report", "/invitation"])
def test_an_address_that_is_no_text_is_no_fault(platform, path, query):
    """Sent as it is: by a browser or a program that encodes nothing."""
    place = urlsplit(platform.base)
    head = f"Host: {place.netloc}\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection((place.hostname, place.port), 10) as line:
        line.sendall(f"GET {path}?".encode() + query + b" HTTP/1.1\r\n" + head)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    status = int(answer.split(b" ", 2)[1])
    assert 200 <= status < 500, answer[:300]
    assert planted(answer.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")) == []
