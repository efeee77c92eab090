"""The table of reviews: the decision is the owner's, the county's clerk made it and finds no review of it; another of the office takes it."""

from tests.e2e.authorization.affairs import HEADS, accepted
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import FOR_HER, NAMED_VISITOR

OF, ONE = "/applications/{application_id}", "/reviews/{review_id}"
ANOTHER = "town clerk, town administrator"
COUNTIES = "county administrator, county administrator of another county"
SAID = {"grounds": "户口就在本村"}


def refused(cast) -> dict:
    """An application of the owner that the county's clerk has refused."""
    made = accepted(cast)
    said = {"outcome": "refused", "reason": "户口不在本村"}
    cast["county clerk"].post(f"/applications/{made['id']}/decision", said)
    return made


def asked(cast) -> dict:
    """One of which the owner has asked for a review."""
    made = refused(cast)
    cast["owner"].post(f"/applications/{made['id']}/review", SAID, expect=201)
    return {**made, "review_id": made["id"]}


def taken(cast) -> dict:
    """One that the town's clerk has taken."""
    made = asked(cast)
    cast["town clerk"].post(f"/reviews/{made['id']}/taking")
    return made


def taken_by_the_head(cast) -> dict:
    """One that the town's administrator has taken."""
    made = asked(cast)
    cast["town administrator"].post(f"/reviews/{made['id']}/taking")
    return made


def upheld(cast) -> dict:
    """One that was upheld: the owner may go on to the county."""
    made = taken(cast)
    said = {"outcome": "upheld", "reason": "查过户口簿"}
    cast["town clerk"].post(f"/reviews/{made['id']}/decision", said)
    return made


ROWS = [
    Row(f"GET {OF}/remedies", FOR_HER, refused, also=NAMED_VISITOR.name),
    Row(f"POST {OF}/review", FOR_HER, refused, SAID, also=NAMED_VISITOR.name),
    Row(f"GET {ONE}", f"{FOR_HER}, town clerk, {HEADS}", asked, also=NAMED_VISITOR.name),
    Row("GET /reviews", f"town clerk, {HEADS}", asked, {"limit": 100}, lists=True),
    Row(f"POST {ONE}/taking", ANOTHER, asked, also=COUNTIES),
    Row(
        f"POST {ONE}/decision",
        "town clerk",
        taken,
        {"outcome": "upheld", "reason": "查过户口簿"},
        also=COUNTIES,
        told={"town administrator": "review.taken_by_another"},
    ),
    Row(f"POST {ONE}/county", FOR_HER, upheld, SAID, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/withdrawal", FOR_HER, asked, also=NAMED_VISITOR.name),
]
