"""A buyer's way on after paying, through HTTP: cancelling, writing, and money back by the seller's and the county's word."""

from dataclasses import dataclass

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.market import OFFER, recipient
from deploy.local.story.person import Person, new_resident


@dataclass
class Trade:
    """A seller's listing, and a buyer whom the market knows."""

    platform: object
    seller: Person
    buyer: Person
    entered: dict
    listing: str

    def paid(self) -> str:
        """Order a box and pay it; gives the path of the order."""
        asked = {"listing_id": self.listing, "quantity": 1, "recipient": recipient(self.entered)}
        path = f"/orders/{self.buyer.post('/orders', asked, expect=201)['id']}"
        self.buyer.post(f"{path}/payment", expect=201)
        self.until(lambda: self.buyer.get(path)["state"] == "paid")
        return path

    def until(self, look) -> object:
        return self.platform.wait_for(look, 60)

    def told(self, person: Person) -> list[str]:
        return [one["about"] for one in person.get("/notices", limit=100)["items"]]


@pytest.fixture
def trade(platform, certified, staff) -> Trade:
    offered = certified.post("/listings", {**OFFER, "stock": 3}, expect=201)
    staff["village"].post(f"/listings/{offered['id']}/endorsement")
    buyer, entered = platform.person("buyer"), new_resident(VILLAGE)
    buyer.post("/residents", entered, expect=201)
    buyer.sign_in(entered["phone"], entered["password"])
    platform.wait_for(lambda: platform.database("market").people.find_one({"_id": buyer.id}))
    return Trade(platform, certified, buyer, entered, offered["id"])


def test_a_paid_buyer_cancels_writes_claims_and_gets_the_money_back(trade, staff):
    seller, buyer, clerk = trade.seller, trade.buyer, staff["clerk"]

    called_off = trade.paid()
    assert buyer.post(f"{called_off}/cancellation")["ended_by"] == "buyer"
    trade.until(lambda: buyer.get(called_off)["state"] == "refunded")
    trade.until(lambda: seller.get("/listings/mine")["items"][0]["stock"] == 3)
    trade.until(lambda: "market.order.called_off" in trade.told(seller))

    order = trade.paid()
    buyer.post(f"{order}/messages", {"text": "可以送到村口吗？"}, expect=201)
    trade.until(lambda: trade.told(seller).count("market.conversation.message_left") == 1)
    seller.post(f"{order}/messages", {"text": "可以，傍晚到。"}, expect=201)
    assert [one["side"] for one in buyer.get(f"{order}/messages")["items"]] == ["buyer", "seller"]
    seller.post(f"{order}/shipment", {"way": "own_delivery"})
    seller.ask("PATCH", f"{order}/shipment", {"way": "pick_up"}, 200)
    buyer.post(f"{order}/receipt")

    asked = {"amount_fen": 1000, "reason": "有三个坏果"}
    first = f"/claims/{buyer.post(f'{order}/claims', asked, expect=201)['id']}"
    trade.until(lambda: "market.claim.asked" in trade.told(seller))
    seller.post(f"{first}/agreement")
    trade.until(lambda: buyer.get(first)["state"] == "refunded")
    trade.until(lambda: "market.payment.partially_refunded" in trade.told(buyer))

    rest = {"amount_fen": OFFER["price_fen"] - 1000, "reason": "其余的也坏了", "goods_back": True}
    assert buyer.post(f"{order}/claims", {**rest, "amount_fen": OFFER["price_fen"]}, expect=422)["code"] == (
        "claim.more_than_paid"
    )
    second = f"/claims/{buyer.post(f'{order}/claims', rest, expect=201)['id']}"
    clerk.get(second, expect=404)
    seller.post(f"{second}/refusal", {"reason": "交货时是好的"})
    buyer.post(f"{second}/dispute", {"statement": "有开箱视频"})
    trade.until(lambda: "market.claim.disputed" in trade.told(clerk))
    ruled = clerk.post(f"{second}/decision", {"amount_fen": rest["amount_fen"], "ruling": "应予退货退款"})
    assert ruled["state"] == "returning"
    buyer.post(f"{second}/return", {"carrier": "中国邮政", "tracking": "EMS1234567"})
    seller.post(f"{second}/return/confirmation")
    trade.until(lambda: buyer.get(second)["state"] == "refunded")

    payment = buyer.get(f"{order}/payment")
    assert (payment["state"], payment["refunded_fen"]) == ("refunded", OFFER["price_fen"])
    assert [one["amount_fen"] for one in payment["refunds"]] == [1000, rest["amount_fen"]]
    assert buyer.get(order)["state"] == "received"
    assert [one["state"] for one in buyer.get(f"{order}/claims")["items"]] == ["refunded", "refunded"]
