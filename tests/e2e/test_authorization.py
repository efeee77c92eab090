"""Every route is tried by everybody: who may is in `authorization/`, and whoever is not named there is refused."""

import pytest

from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.identity.officials.staff.contract import ROLES
from services.identity.officials.staff.model import DIGITS_OF_ROLE
from tests.e2e.authorization.cast import Cast
from tests.e2e.authorization.row import ALLOWED, HIDDEN, NO_TOKEN, REFUSED, Row
from tests.e2e.authorization.seats import OFFICIALS
from tests.e2e.authorization.table import ROWS

DONE_ALREADY = (409, 422)
"""A rule that speaks after the thing was found: what the first who may has done is done."""
TAKEN_AWAY_ALREADY = ("application.no_such_file", "mandate.no_such_photo")
"""What is said of a part of a thing that was found: the first who may has taken it away."""
BEFORE_ANYTHING_IS_LOOKED_UP = {
    *("route.not_for_you", "mandate.not_for_this"),
    *("access.forbidden", "access.name_needed"),
}
MOST_PAGES = 50


@pytest.fixture(scope="module")
def cast(platform, every_answer_is_described):
    """Everybody of the table, signed in; what they are answered is held against the description too."""
    return Cast(platform)


def test_every_route_has_a_row_and_every_row_a_route():
    routes = {f"{route.verb} {route.path}" for route in ALL if not route.moved_to} | {
        f"GET {page.path}" for page in PAGES
    }
    assert {row.route for row in ROWS} == routes


def test_every_role_has_a_seat_at_home_and_one_elsewhere_on_each_of_its_levels():
    seats = {(seat.role, len(seat.region)) for seat in OFFICIALS}
    assert seats == {(role, digits) for role in ROLES for digits in DIGITS_OF_ROLE[role]}
    for role, digits in seats:
        regions = {one.region for one in OFFICIALS if (one.role, len(one.region)) == (role, digits)}
        assert len(regions) >= 2, (role, digits)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.route)
def test_only_whom_the_table_names_is_let_in(cast, row):
    made = row.before(cast)
    wrong, done = [], 0
    for seat in row.in_order():
        heard = ask(cast, seat, row, row.path(made), made)
        what = row.expected(seat)
        if what == ALLOWED:
            right = is_let_in(cast, seat, row, made, heard, done)
            done += 1
        else:
            right = is_kept_out(cast, seat, row, made, heard, what)
        if not right:
            wrong.append((seat.name, what, heard[0], heard[1].get("code", "")))
    assert wrong == []


def ask(cast, seat, row: Row, path: str, made: dict, **more) -> tuple[int, dict]:
    body = {**row.body(made), **more}
    if row.verb == "GET":
        return cast[seat.name].patiently("GET", path, query=body)
    return cast[seat.name].patiently(row.verb, path, body)


def is_let_in(cast, seat, row, made, heard, done) -> bool:
    if row.lists:
        return heard[0] == 200 and finds(cast, seat, row, made)
    if heard[0] in (200, 201) or row.verb == "GET" or not done:
        return heard[0] in (200, 201)
    return heard[0] in DONE_ALREADY or heard[1].get("code") in TAKEN_AWAY_ALREADY


def is_kept_out(cast, seat, row, made, heard, what) -> bool:
    status, code = heard[0], heard[1].get("code")
    if what == NO_TOKEN:
        return (status, code) == (401, "token.missing")
    if what == REFUSED:
        return status == 403 and code in BEFORE_ANYTHING_IS_LOOKED_UP
    if what == HIDDEN and row.lists and "{" not in row.route:
        return status == 200 and not finds(cast, seat, row, made)
    if what == HIDDEN:
        of_nothing = ask(cast, seat, row, row.path_to_nothing(), made)
        return status == 404 and told(heard) == told(of_nothing)
    return code == row.told[seat.name]


def told(heard) -> tuple[int, dict]:
    """Give what an answer says, without the request's own number."""
    return heard[0], {**heard[1], "request_id": ""}


def finds(cast, seat, row, made) -> bool:
    """Tell whether the thing is on any page of the list."""
    cursor: dict = {}
    for _ in range(MOST_PAGES):
        status, page = ask(cast, seat, row, row.path(made), made, limit=100, **cursor)
        assert status == 200, page
        if any(one["id"] == made["id"] for one in page["items"]):
            return True
        if not page["next"]:
            return False
        cursor = {"cursor": page["next"]}
    raise AssertionError("a list without end")
