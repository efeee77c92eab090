"""What the end-to-end tests hold every answer against would notice an answer that is not described."""

import json

import pytest

from gateway.openapi import examples
from gateway.openapi.document import specification
from services.market.selling.orders import contract
from tests.described import Description

ORDER = examples.of_answer(contract.Order)
PROBLEM = {
    "type": "t",
    "title": "t",
    "status": 409,
    "code": "order.sold_out",
    "detail": "d",
    "request_id": "r",
}


@pytest.fixture(scope="module")
def described() -> Description:
    return Description(json.loads(json.dumps(specification("https://county.example"))))


def test_an_answer_as_described_is_nothing_to_speak_of(described):
    assert described.problems("POST", "/orders", 201, ORDER) == []
    assert described.problems("POST", "/orders", 409, PROBLEM, "application/problem+json") == []
    assert described.problems("GET", "/no/such/place", 404, PROBLEM, "application/problem+json") == []


@pytest.mark.parametrize(
    ("status", "answer", "media"),
    [
        (200, ORDER, "application/json"),
        (201, {**ORDER, "amount_fen": "12"}, "application/json"),
        (201, {k: v for k, v in ORDER.items() if k != "id"}, "application/json"),
        (201, ORDER, "text/html"),
        (409, {**PROBLEM, "code": "listing.unheard_of"}, "application/problem+json"),
        (409, {k: v for k, v in PROBLEM.items() if k != "detail"}, "application/problem+json"),
        (500, {**PROBLEM, "code": "gateway.failed"}, "application/problem+json"),
    ],
)
def test_an_answer_that_is_not_described_is_noticed(described, status, answer, media):
    assert described.problems("POST", "/orders", status, answer, media) != []


def test_an_address_is_the_more_exact_one_of_two(described):
    assert described.operation_at("GET", "/listings/mine")["operationId"] == "list_own_listings"
    assert described.operation_at("GET", "/listings/l1")["operationId"] == "find_listing_on_sale"
