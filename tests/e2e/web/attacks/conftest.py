"""Everybody and one of everything, with markup in whatever they may write."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.e2e.authorization import cast as cast_of_the_table
from tests.e2e.authorization import departments, households, identity, integrity, market
from tests.e2e.authorization.cast import Cast
from tests.e2e.web.attacks.browsers import Browsers
from tests.e2e.web.attacks.markup import PAYLOAD, SHORT
from tests.e2e.web.attacks.where import OF_ACTS

WRITTEN = (
    (market.OFFER, "title", SHORT),
    (market.OFFER, "description", PAYLOAD),
    (market.RECIPIENT, "address", PAYLOAD),
    (market.SHIPMENT, "carrier", SHORT),
    (market.CLAIM, "reason", PAYLOAD),
    (identity.REASON, "reason", PAYLOAD),
    (identity.END, "reason", PAYLOAD),
    (identity.LOOK, "reason", PAYLOAD),
    (integrity.FINDING, "text", PAYLOAD),
    (departments.REASON, "reason", PAYLOAD),
    (departments.RENEWAL, "reason", PAYLOAD),
    (cast_of_the_table.SUBSCRIPTION, "name", PAYLOAD),
    (cast_of_the_table.SUBSCRIPTION, "contact", PAYLOAD),
    (cast_of_the_table.SUBSCRIPTION, "purpose", PAYLOAD),
    (cast_of_the_table.SUBSCRIPTION, "legal_ground", PAYLOAD),
)
"""What the things of the table are made of: each text that somebody may write is markup."""


@pytest.fixture(scope="package")
def cast(platform):
    """Everybody of the table; what they write is markup."""
    with pytest.MonkeyPatch.context() as patched:
        for body, name, text in WRITTEN:
            patched.setitem(body, name, text)
        text_of = integrity.a_text
        patched.setattr(
            integrity, "a_text", lambda cast: {**text_of(cast), "text": PAYLOAD, "accused": SHORT}
        )
        asked = households._asked
        patched.setattr(households, "_asked", lambda made: {**asked(made), "note": PAYLOAD})
        yield Cast(platform)


@pytest.fixture(scope="package")
def browsers(cast) -> Browsers:
    """A browser for each of them."""
    return Browsers(cast)


@pytest.fixture(scope="package")
def made(cast) -> Callable[[str], tuple[str, dict]]:
    """Give where an act's form is and what goes along, by the act's name: made once, for nothing is done to it here."""
    once = cache(lambda name: OF_ACTS[name].made(cast))
    return lambda name: once(name) if OF_ACTS[name].lasts else OF_ACTS[name].made(cast)
