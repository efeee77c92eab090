"""The start pages through HTTP: everything of one's own, nothing of others."""

from deploy.local.story.identity import VILLAGE
from deploy.local.story.market import OFFER, recipient
from deploy.local.story.person import new_resident

PARTS = {"notices", "applications", "orders", "report_categories"}


def rows(page: dict, part: str) -> list[str]:
    return [row["id"] for row in page[part]["items"]]


def test_a_resident_finds_everything_of_her_own_on_one_page(platform, certified):
    matter = certified.get("/matters")["items"][0]
    asked = {"matter_id": matter["id"], "name": "王秀英", "phone": "13800000000", "materials": []}
    applied = certified.post("/applications", asked, expect=201)
    platform.wait_for(lambda: certified.get("/notices")["items"])
    page = certified.get("/overview")
    assert set(page) == PARTS
    assert rows(page, "applications") == [applied["id"]]
    assert rows(page, "notices") and not rows(page, "orders")
    assert page["report_categories"] == certified.get("/complaint-categories")


def test_what_is_bought_stands_on_the_buyers_page_and_on_the_sellers_sales(platform, certified, staff):
    offered = certified.post("/listings", OFFER, expect=201)
    staff["village"].post(f"/listings/{offered['id']}/endorsement")
    buyer, entered = platform.person("buyer"), new_resident(VILLAGE)
    buyer.post("/residents", entered, expect=201)
    buyer.sign_in(entered["phone"], entered["password"])
    platform.wait_for(lambda: platform.database("market").people.find_one({"_id": buyer.id}))
    asked = {"listing_id": offered["id"], "quantity": 1, "recipient": recipient(entered)}
    bought = buyer.post("/orders", asked, expect=201)
    sales = certified.get("/overview/sales")
    assert set(sales) == {"to_ship", "listings", "orders"}
    assert (rows(sales, "listings"), rows(sales, "orders")) == ([offered["id"]], [bought["id"]])
    assert rows(sales, "to_ship") == []
    buyer.post(f"/orders/{bought['id']}/payment", expect=201)
    platform.wait_for(lambda: rows(certified.get("/overview/sales"), "to_ship") == [bought["id"]], 60)
    certified.post(f"/orders/{bought['id']}/giving-up", {"reason": "今年的果子坏了。"})
    assert rows(certified.get("/overview/sales"), "to_ship") == []
    told = {"market.order.refund_due", "market.payment.refunded"}
    platform.wait_for(lambda: told <= {one["about"] for one in buyer.get("/notices")["items"]}, 60)
    assert rows(buyer.get("/overview"), "orders") == [bought["id"]] and not rows(
        certified.get("/overview"), "orders"
    )
    assert not any(part["items"] for part in buyer.get("/overview/sales").values())


def test_the_page_shows_unread_notices_only(platform, certified):
    (notice,) = platform.wait_for(lambda: certified.get("/overview")["notices"]["items"])
    certified.post(f"/notices/{notice['id']}/reading")
    assert certified.get("/overview")["notices"]["items"] == []
    assert [one["id"] for one in certified.get("/notices")["items"]] == [notice["id"]]


def test_nobody_finds_another_ones_things_on_the_page(platform, certified, staff):
    other = platform.person("other")
    assert other.try_to("GET", "/overview")[0] == 401
    assert certified.try_to("GET", "/overview/work")[0] == 403
    assert staff["village"].try_to("GET", "/overview")[0] == 403
    assert certified.try_to("GET", "/overview", query={"resident_id": "resident-1"})[0] == 400


def test_who_is_on_a_slow_line_takes_the_parts_that_are_shown_first(platform, certified):
    platform.wait_for(lambda: certified.get("/notices")["items"])
    whole = certified.get("/overview")
    some = certified.get("/overview", parts="orders,notices")
    assert some == {"notices": whole["notices"], "orders": whole["orders"]}
    for wrong in ("", "orders,everything", "orders;profile"):
        status, problem = certified.try_to("GET", "/overview", query={"parts": wrong})
        assert status == 400 and "report_categories" in problem["detail"]


def test_who_does_not_know_her_own_entry_yet_takes_it_along(certified):
    page = certified.get("/overview", parts="profile,notices,applications,orders,report_categories")
    assert page.pop("profile") == certified.get(f"/residents/{certified.id}") and set(page) == PARTS


def test_a_part_that_is_another_offices_is_a_refusal_and_no_outage_when_it_is_asked_alone(staff):
    status, problem = staff["village"].try_to("GET", "/overview/work", query={"parts": "reports"})
    assert (status, problem["code"]) == (403, "page.not_for_you")


def test_an_official_finds_the_own_queues_and_no_others(resident, staff):
    page = staff["village"].get("/overview/work")
    assert set(page) == {"notices", "residents", "applications", "listings"}
    assert all(row["region"].startswith("510183") for row in page["residents"]["items"])
    assert page["residents"] == staff["village"].get("/residents", limit=5)
    assert set(staff["discipline"].get("/overview/work")) == {"notices", "reports"}
