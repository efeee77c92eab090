"""Chapter 4: she offers kiwi fruit, her village endorses it, and two buyers race for the last box."""

from concurrent.futures import ThreadPoolExecutor

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import Person, new_resident
from deploy.local.story.teller import Teller

OFFER = {
    "title": "金果猕猴桃",
    "description": "黑虎村自家果园，当季采摘，5 斤装。",
    "unit": "箱",
    "price_fen": 6800,
    "stock": 1,
}


def too_early(teller: Teller, her: Person) -> None:
    """Before her village has certified her she cannot sell."""
    refused = her.post("/listings", OFFER, expect=403)
    teller.step(f"She cannot sell yet: {refused['detail']}")


def sells(teller: Teller, staff: dict[str, Person], her: Person, base: str) -> list[dict]:
    """From the offer to the receipt; gives what the buyers entered."""
    listing = her.post("/listings", OFFER, expect=201)
    one = f"/listings/{listing['id']}"
    her.get(one)
    Person(base, "passer-by").get(one, expect=404)
    staff["other village"].post(f"{one}/endorsement", expect=404)
    staff["village"].post(f"{one}/endorsement")
    Person(base, "passer-by").get(one)
    teller.step("She offers one box of 猕猴桃; her village endorses it, and everybody can see it.")
    buyers = [_buyer(base, number) for number in range(2)]
    winner, order = _race(teller, buyers, listing["id"])
    _pays(teller, winner, order["id"])
    where = f"/orders/{order['id']}"
    address = her.get(where)["recipient"]
    teller.must(bool(address), "the seller must see the address once the order is paid")
    her.post(f"{where}/shipment", {"carrier": "中国邮政", "tracking": "EMS1234567"})
    done = winner.post(f"{where}/receipt")
    teller.must(done["state"] == "received", "the order must be received")
    teller.step("She ships it, and the buyer confirms the receipt.")
    return [entered for _, entered in buyers] + [recipient(entered) for _, entered in buyers]


def recipient(entered: dict) -> dict:
    """Give where a buyer wants it sent."""
    return {
        "name": entered["name"],
        "phone": entered["phone"],
        "address": f"四川省成都市{entered['name']}收发室 8 号",
    }


def _buyer(base: str, number: int) -> tuple[Person, dict]:
    person, entered = Person(base, f"buyer {number + 1}"), new_resident(VILLAGE)
    person.post("/residents", entered, expect=201)
    return person.sign_in(entered["phone"], entered["password"]), entered


def _race(teller: Teller, buyers: list[tuple[Person, dict]], listing_id: str) -> tuple[Person, dict]:
    """Both order the last box at once; gives the winner and the order."""
    for person, _ in buyers:
        teller.wait_for("the market to know the buyers", lambda person=person: _is_known(person))

    def place(buyer):
        person, entered = buyer
        asked = {"listing_id": listing_id, "quantity": 1, "recipient": recipient(entered)}
        return person.patiently("POST", "/orders", asked)

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(place, buyers))
    won = [(buyers[n][0], body) for n, (status, body) in enumerate(answers) if status == 201]
    lost = [body for status, body in answers if status == 409]
    teller.must((len(won), len(lost)) == (1, 1), f"one must win and one must lose, not {answers}")
    teller.step("Two buyers order the last box at the same moment: exactly one gets it.")
    teller.note(f"the other is told: {lost[0]['detail']}")
    return won[0]


def _is_known(person: Person) -> bool:
    """Tell whether the market has heard of the buyer: an order of nothing is then not found instead of refused."""
    asked = {
        "listing_id": "nothing",
        "quantity": 1,
        "recipient": recipient({"name": "某某", "phone": "13800000000"}),
    }
    return person.try_to("POST", "/orders", asked)[0] == 404


def _pays(teller: Teller, buyer: Person, order_id: str) -> None:
    payment = buyer.post(f"/orders/{order_id}/payment", expect=201)
    teller.must(payment["state"] in ("requested", "opened", "succeeded"), "the payment must be open")
    teller.wait_for("the payment", lambda: buyer.get(f"/orders/{order_id}")["state"] == "paid")
    teller.step("The buyer pays; the provider's signed callback comes late and twice, and counts once.")
