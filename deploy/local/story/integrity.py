"""Chapter 5: somebody without an account reports the village head, and talks with the committee."""

import secrets

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import Person
from deploy.local.story.teller import Teller
from services.chassis.core.cleaning import is_number

TEXT = "村里修路的钱款没有公示，我们想知道花在了哪里。"
ACCUSED = "黑虎村村委会主任"


def reports(teller: Teller, staff: dict[str, Person], base: str) -> list[str]:
    """From the report to an exchange of messages; gives everything that must stay secret."""
    nobody = Person(base, "somebody without an account")
    category = nobody.get("/complaint-categories/search", text="村务")["items"]
    asked = {"region": VILLAGE, "category_id": category[0]["id"], "accused": ACCUSED, "text": TEXT}
    key = secrets.token_urlsafe(24)
    receipt = nobody.post("/reports", asked, expect=201, key=key)["receipt"]
    again = nobody.post("/reports", asked, expect=201, key=key)["receipt"]
    teller.must(len(receipt) == 16 and is_number(receipt) and receipt == again, "one receipt of 16 digits")
    teller.step("Somebody without an account reports the village head and gets a receipt of 16 digits.")
    _hidden_from_everybody_there(teller, staff)
    officer = staff["discipline"]
    found = officer.get("/reports", state="received", limit=100)["items"]
    mine = teller.wait_for("the report in the committee's list", lambda: _find(officer, found))
    officer.post(f"/reports/{mine}/acceptance")
    officer.post(f"/reports/{mine}/answers", {"text": "请问是哪一年修的路？"})
    seen = nobody.ask("POST", "/reports/by-receipt", {"receipt": receipt}, expect=200)
    teller.must(
        any("哪一年" in message["text"] for message in seen["messages"]), "the reporter must see the question"
    )
    nobody.post("/reports/by-receipt/messages", {"receipt": receipt, "text": "去年秋天。"})
    opened = officer.get(f"/reports/{mine}")
    teller.must(
        any("去年秋天" in message["text"] for message in opened["messages"]),
        "the officer must see the answer",
    )
    teller.step(
        "The county's discipline committee takes it up; reporter and officer talk through the receipt."
    )
    nobody.ask("POST", "/reports/by-receipt", {"receipt": "0000000000000000"}, expect=404)
    teller.note("another receipt finds nothing")
    return [receipt, TEXT, ACCUSED, "去年秋天"]


def _hidden_from_everybody_there(teller: Teller, staff: dict[str, Person]) -> None:
    for who in ("village", "town", "county", "clerk"):
        staff[who].get("/reports", expect=403)
    teller.step("The village, the town, the county's administrators and clerks cannot see any report.")


def _find(officer: Person, listed: list[dict]) -> str | None:
    """Give the id of the report: its text is only in the single view, which is recorded."""
    for one in reversed(listed):
        if officer.get(f"/reports/{one['id']}")["text"] == TEXT:
            return one["id"]
    return None
