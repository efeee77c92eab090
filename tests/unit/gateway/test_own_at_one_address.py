"""What is there for nobody else its owner finds at the same address; nobody else learns of it, and nothing of it is kept."""

import pytest

from gateway import app as gateway_app
from gateway.errors import Unauthenticated
from services.chassis.core.errors import Forbidden, NotFound, Unavailable
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings

GONE = NotFound("listing.not_found", "没有找到这件商品。")
TOKENS = {"Bearer seller": "seller", "Bearer other": "other", "Bearer department": "department"}


class Market:
    """Stands for the market: it shows a withdrawn listing to its seller only."""

    connected = True

    def __init__(self, *_):
        self.on_sale, self.asked, self.refusal = False, [], None

    def call(self, service, door, asked, actor, **_):
        self.asked.append((door, actor.id))
        if door == "find_listing_on_sale" and self.on_sale:
            return {"id": asked["listing_id"]}
        if door == "find_listing" and actor.id == "seller":
            return {"id": asked["listing_id"], "state": "withdrawn"}
        if door == "find_listing" and self.refusal:
            raise self.refusal
        raise GONE


@pytest.fixture
def market(monkeypatch):
    made = Market()
    monkeypatch.setattr(gateway_app, "RpcClient", lambda *_: made)

    def actor_of(self, request, at_once=False):
        who = TOKENS.get(request.headers.get("Authorization"))
        if who is None:
            raise Unauthenticated("token.invalid", "请重新登录。")
        return CivicActor(who, "department" if who == "department" else "resident")

    monkeypatch.setattr(gateway_app.Authentication, "actor_of", actor_of)
    return made


@pytest.fixture
def ask(market):
    client = gateway_app.create_app(CivicSettings(cache_max_age=0)).test_client()

    def send(token=None):
        return client.get("/listings/l1", headers={"Authorization": f"Bearer {token}"} if token else {})

    return send


def test_the_seller_finds_a_withdrawn_offer_where_it_was_on_sale_and_nobody_may_keep_the_answer(ask):
    answer = ask("seller")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "withdrawn")
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers


@pytest.mark.parametrize("token", [None, "other", "department", "broken"])
def test_to_everybody_else_it_does_not_exist(ask, token):
    answer = ask(token)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "listing.not_found")


def test_what_is_on_sale_is_the_same_for_its_seller_as_for_everybody(market, ask):
    market.on_sale = True
    assert ask("seller").data == ask().data == ask("broken").data
    assert {door for door, _ in market.asked} == {"find_listing_on_sale"}


def test_a_refusal_tells_no_more_than_that_it_is_not_there_and_an_outage_is_said(market, ask):
    market.refusal = Forbidden("access.forbidden", "您没有权限。")
    assert ask("other").get_json()["code"] == "listing.not_found"
    market.refusal = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
    assert ask("other").status_code == 503
