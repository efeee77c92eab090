"""The whole table, in the order in which it is tried."""

from tests.e2e.authorization import (
    affairs,
    departments,
    households,
    identity,
    integrity,
    mandates,
    market,
    party,
    photos,
    ratings,
    register,
    reviews,
)
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ALL_OFFICIALS, RESIDENTS

PAGES = [
    Row("GET /overview", RESIDENTS),
    Row("GET /overview/sales", RESIDENTS),
    Row("GET /overview/work", ALL_OFFICIALS),
]

ROWS = [
    *PAGES,
    *identity.ROWS,
    *households.ROWS,
    *party.ROWS,
    *mandates.ROWS,
    *register.ROWS,
    *departments.ROWS,
    *affairs.ROWS,
    *ratings.ROWS,
    *reviews.ROWS,
    *market.ROWS,
    *photos.ROWS,
    *integrity.ROWS,
    *identity.LAST,
]
