"""What people wrote is text on every page that shows it, whoever reads."""

import pytest

import gateway.web.pages as pages
from tests.e2e.authorization import affairs, households, identity, market
from tests.e2e.web.attacks.browsers import hidden
from tests.e2e.web.attacks.markup import PAYLOAD, SHORT, planted, read
from tests.e2e.web.attacks.where import OF_ACTS

LISTS = {
    "nobody": [
        "/",
        "/market",
        "/guide",
        "/villages",
        "/villages/510183103204",
        "/coverage-map",
        "/market/{listing_id}",
    ],
    "owner": [
        "/my",
        "/my/applications",
        "/my/sales",
        "/my/orders",
        "/my/notices",
        "/my/privacy/seen",
        "/my/helpers",
    ],
    "neighbour": ["/my", "/my/orders", "/my/notices", "/my/helpers"],
    "village administrator": [
        *(
            "/work",
            "/work/residents",
            "/work/residents?state=rejected",
            "/work/requests?kind=move",
            "/work/listings",
        ),
        *(
            "/work/applications",
            "/work/households",
            "/work/mandates",
            "/work/recorded",
            "/work/leaves",
            "/work/ends",
        ),
    ],
    "village administrator next door": ["/work", "/work/arrivals"],
    "town administrator": ["/work", "/work/residents?state=appealed", "/work/ends", "/work/officials"],
    "county clerk": ["/work", "/work/applications", "/work/disputes"],
    "county administrator": ["/work", "/work/officials", "/work/departments"],
    "data officer": ["/work", "/work/departments", "/work/departments?state=granted"],
    "discipline officer": ["/work", "/work/reports"],
}
SAID = {
    "ask_claim": SHORT,
    "dispute": PAYLOAD,
    "refuse": PAYLOAD,
    "ship": PAYLOAD,
    "overturn_rejection": PAYLOAD,
    "release_resident": PAYLOAD,
    "refuse_arrival": PAYLOAD,
    "confirm_end": PAYLOAD,
    "endorse_listing": PAYLOAD,
    "grant_subscription": PAYLOAD,
    "grant_change": PAYLOAD,
    "accept_report": PAYLOAD,
    "decide_claim": PAYLOAD,
    "write_to_officer": PAYLOAD,
}
"""Pages, by an act on them, on which what somebody wrote has to be seen: a page that leaves it out proves nothing."""


@pytest.fixture(scope="module")
def written(cast) -> dict:
    """One of each that lists show, with notes and messages beside."""
    listing = market.on_sale(cast)
    order = market.written_about(cast)
    cast["owner"].post(f"/orders/{order['id']}/messages", {"text": PAYLOAD}, expect=201)
    matter = affairs.a_matter(cast)
    noted = [{**one, "note": PAYLOAD[:100]} for one in matter["materials"][:1]]
    asked = {**affairs.APPLICANT, "matter_id": matter["matter_id"], "materials": noted}
    application = cast["owner"].post("/applications", asked, expect=201)
    cast["county clerk"].post(
        f"/applications/{application['id']}/notice", {"materials": matter["materials"][-1:], "text": PAYLOAD}
    )
    declined = affairs.submitted(cast)
    cast["county clerk"].post(f"/applications/{declined['id']}/refusal", {"reason": PAYLOAD})
    ask = households.an_ask(cast)
    identity.a_look_at_the_owner(cast)
    return {
        **listing,
        "order": order["id"],
        "application": application["id"],
        "declined": declined["id"],
        "household": ask["household_id"],
    }


@pytest.mark.parametrize("seat", list(LISTS))
def test_lists_show_it_as_text(browsers, written, seat):
    for path in LISTS[seat]:
        answer = browsers[seat].get(browsers.base + path.format(**written))
        assert (answer.status_code, planted(answer.text)) == (200, []), path


@pytest.mark.parametrize("name", sorted(set(OF_ACTS) - {"sign_out"}))
def test_pages_of_one_thing_show_it_as_text(browsers, made, name):
    path, own = made(name)
    session = browsers[OF_ACTS[name].seat]
    answer = (
        session.post(browsers.base + path, {"act": "again", **own})
        if own
        else session.get(browsers.base + path)
    )
    page = next(page for page in pages.ALL.values() if name in page.acts)
    assert (answer.status_code, planted(answer.text)) == (200, []), (page.path, answer.text[:2000])


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_was_written_is_seen(browsers, made, name):
    path, own = made(name)
    session = browsers[OF_ACTS[name].seat]
    whole = browsers.base + path.partition("?")[0]
    if own:
        opened = session.get(whole).text
        answer = session.post(whole, hidden(opened, "look") | own)
    else:
        answer = session.get(whole)
    assert planted(answer.text) == []
    assert SAID[name] in read(answer.text), read(answer.text)


def test_notes_messages_and_answers_are_seen_by_both_sides(browsers, written):
    seen = {
        ("owner", f"/my/orders/{written['order']}"): PAYLOAD,
        ("neighbour", f"/my/sales/orders/{written['order']}"): PAYLOAD,
        ("owner", f"/my/applications/{written['application']}"): PAYLOAD,
        ("county clerk", f"/work/applications/{written['application']}"): PAYLOAD,
        ("owner", f"/my/applications/{written['declined']}"): PAYLOAD,
        ("village administrator", f"/work/households/{written['household']}"): PAYLOAD,
        ("nobody", f"/market/{written['listing_id']}"): PAYLOAD,
        ("owner", "/my/privacy/seen"): PAYLOAD,
    }
    for (seat, path), text in seen.items():
        answer = browsers[seat].get(browsers.base + path)
        assert (answer.status_code, planted(answer.text)) == (200, []), path
        assert text in read(answer.text), (path, read(answer.text))
