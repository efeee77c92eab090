"""What offices decide about people, driven in a browser: each with its reason, and what the person reads of it afterwards."""

import pytest

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE
from deploy.local.story.market import OFFER, recipient
from deploy.local.story.person import Person, new_resident
from tests.e2e.web.offices import at_work, newcomer

TWO_SEATS = pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)
REASON = "户口簿写的是别的村，请到那里办理。"


def signed_in(person: Person) -> Person:
    """Let a newcomer call for himself."""
    return person.sign_in(person.entered["phone"], person.entered["password"])


@TWO_SEATS
def test_the_village_rejects_with_a_reason_and_the_town_decides_on_the_appeal(desk, staff, platform):
    upheld, overturned = signed_in(newcomer(platform)), signed_in(newcomer(platform))
    at_work(desk, staff, "village_administrator", VILLAGE)
    for one in (upheld, overturned):
        desk.open(f"/work/residents/{one.id}")
        desk.follow("不予通过")
        desk.press("不予通过")
        desk.sees("还没有办成")
        desk.fill("不予通过的理由", REASON)
        desk.press("不予通过")
        desk.sees("已记下不予通过的决定")
        assert one.get(f"/residents/{one.id}")["reason"] == REASON
        one.post(f"/residents/{one.id}/appeal", {"reason": "我的户口一直在本村。"})
    desk.context.clear_cookies()
    at_work(desk, staff, "town_administrator", TOWN)
    desk.follow("打开“居民的申诉”")
    desk.open(f"/work/residents/{upheld.id}")
    desk.sees("我的户口一直在本村。")
    desk.follow("申诉不成立：维持不予通过")
    desk.sees(REASON, "我的户口一直在本村。")
    desk.press("维持不予通过")
    desk.sees("还没有办成")
    desk.fill("答复", "经核对，户口在别的村。")
    desk.press("维持不予通过")
    desk.sees("申诉已办理")
    desk.open(f"/work/residents/{overturned.id}")
    desk.follow("申诉成立：由镇上认证")
    desk.fill("答复", "户口簿原件已经看过。")
    desk.press("申诉成立，予以认证")
    desk.sees("居民已认证")
    told = [one.get(f"/residents/{one.id}") for one in (upheld, overturned)]
    assert [one["state"] for one in told] == ["rejected", "certified"]
    assert told[0]["appeal"]["answer"] == "经核对，户口在别的村。"
    desk.open(f"/work/residents/{upheld.id}?do=uphold_rejection")
    desk.fill("答复", "再答一次。")
    desk.press("维持不予通过")
    desk.sees("还没有办成")


@TWO_SEATS
def test_one_village_lets_go_and_the_other_takes_in_or_not(desk, staff, platform):
    goes, stays = (signed_in(newcomer(platform)) for _ in range(2))
    for one in (goes, stays):
        staff["village"].post(f"/residents/{one.id}/certification")
        one.post(f"/residents/{one.id}/move", {"to": OTHER_VILLAGE, "reason": "结婚，随夫居住"})
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.follow("打开“迁出申请”")
    for one in (goes, stays):
        desk.open(f"/work/residents/{one.id}")
        desk.sees("申请迁出", "结婚，随夫居住")
        desk.follow("同意迁出")
        desk.press("同意迁出")
        desk.sees("等迁入的村接收")
    desk.context.clear_cookies()
    at_work(desk, staff, "village_administrator", OTHER_VILLAGE)
    desk.open(f"/work/arrivals/{goes.id}")
    desk.sees("结婚，随夫居住", "黑虎")
    desk.press("接收")
    desk.sees("居民现在属于本村")
    desk.open(f"/work/arrivals/{stays.id}")
    desk.follow("不接收")
    desk.press("不接收")
    desk.sees("还没有办成")
    desk.fill("不同意的理由", "没有在本村居住。")
    desk.press("不接收")
    desk.sees("已答复居民")
    assert goes.get(f"/residents/{goes.id}")["region"] == OTHER_VILLAGE
    assert stays.get(f"/residents/{stays.id}")["region"] == VILLAGE
    desk.open(f"/work/arrivals/{goes.id}", status=404)
    desk.sees("这一件不在名单上")


@TWO_SEATS
def test_a_correction_is_made_or_refused_with_a_reason(desk, staff, platform):
    right, wrong = (signed_in(newcomer(platform)) for _ in range(2))
    for one in (right, wrong):
        staff["village"].post(f"/residents/{one.id}/certification")
        one.post(f"/residents/{one.id}/correction", {"what": "name", "value": "王更名"})
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(f"/work/residents/{right.id}")
    desk.sees("申请更正")
    desk.follow("同意更正")
    desk.press("同意更正")
    desk.sees("已更正")
    desk.open(f"/work/residents/{wrong.id}")
    desk.follow("不同意更正")
    desk.fill("不同意的理由", "与身份证不一致。")
    desk.press("不同意更正")
    desk.sees("已答复居民")
    assert right.get(f"/residents/{right.id}")["name"] != wrong.get(f"/residents/{wrong.id}")["name"]


@TWO_SEATS
def test_the_village_vouches_for_an_offer_or_says_why_not(desk, staff, certified):
    good, bad = (certified.post("/listings", {**OFFER, "stock": 3}, expect=201)["id"] for _ in range(2))
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(f"/work/listings/{good}")
    desk.sees(OFFER["title"])
    desk.press("核实无误，可以上架")
    desk.sees("农产品已上架")
    desk.open(f"/work/listings/{bad}")
    desk.follow("不同意上架")
    desk.press("不同意上架")
    desk.sees("还没有办成")
    desk.fill("不同意上架的理由", "不是自家产的。")
    desk.press("不同意上架")
    desk.sees("已答复卖家")
    told = certified.get(f"/listings/offers/{bad}")
    assert (told["state"], told["reason"]) == ("declined", "不是自家产的。")
    assert certified.get(f"/listings/{good}")["title"] == OFFER["title"]


@TWO_SEATS
def test_the_county_decides_between_buyer_and_seller(desk, staff, platform, certified):
    claim, buyer = disputed(platform, staff, certified)
    at_work(desk, staff, "clerk", COUNTY)
    desk.open(f"/work/disputes/{claim}")
    desk.sees("坏了一个", "交货时是好的", "开箱时就坏了")
    desk.follow("作出决定")
    desk.fill("退多少", "九毛")
    desk.fill("决定的理由", "照片能看出来。")
    desk.press("作出决定")
    desk.sees("还没有办成", "请用数字填写")
    desk.fill("退多少", "0.9")
    desk.press("作出决定")
    desk.sees("决定已作出")
    told = buyer.get(f"/claims/{claim}")
    assert (told["ruling"], told["state"] in ("decided", "refunding", "refunded")) == (
        "照片能看出来。",
        True,
    ), told


def disputed(platform, staff, seller: Person) -> tuple[str, Person]:
    """Give a claim about which both sides disagree, and who made it."""
    buyer, entered = platform.person("buyer"), new_resident(VILLAGE)
    buyer.post("/residents", entered, expect=201)
    buyer.sign_in(entered["phone"], entered["password"])
    platform.wait_for(lambda: platform.database("market").people.find_one({"_id": buyer.id}), 60)
    listing = seller.post("/listings", {**OFFER, "stock": 3}, expect=201)["id"]
    staff["village"].post(f"/listings/{listing}/endorsement")
    asked = {"listing_id": listing, "quantity": 1, "recipient": recipient(entered)}
    order = buyer.post("/orders", asked, expect=201)["id"]
    buyer.post(f"/orders/{order}/payment", expect=201)
    platform.wait_for(lambda: buyer.get(f"/orders/{order}")["state"] == "paid", 60)
    seller.post(f"/orders/{order}/shipment", {"way": "own_delivery"})
    claim = buyer.post(f"/orders/{order}/claims", {"amount_fen": 100, "reason": "坏了一个"}, expect=201)["id"]
    seller.post(f"/claims/{claim}/refusal", {"reason": "交货时是好的"})
    buyer.post(f"/claims/{claim}/dispute", {"statement": "开箱时就坏了"})
    return claim, buyer


@TWO_SEATS
def test_an_invitation_is_withdrawn_and_its_link_opens_nothing(desk, staff, platform):
    at_work(desk, staff, "town_administrator", TOWN)
    desk.open("/work/officials/new")
    desk.fill("姓名", "新同事")
    desk.choose("村管理员")
    desk.page.get_by_label("在哪里任职").first.select_option(VILLAGE)
    desk.press("发出邀请")
    link = desk.page.locator("p.secret").inner_text()
    desk.open("/work/officials")
    desk.page.locator("a[href^='/work/invitations/']").first.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.sees("新*事", "黑虎")
    desk.press("撤销邀请")
    desk.sees("链接不能再用")
    opened = platform.person().try_to("POST", "/invitations/opening", {"secret": link.partition("#")[2]})
    assert opened[0] in (403, 404, 409, 422), opened


@TWO_SEATS
def test_departments_open_where_there_is_one_and_stand_on_the_start_page(desk, staff, platform):
    asked = {"name": "县卫健局", "contact": "王芳", "purpose": "核对老人补贴", "legal_ground": "依法提供"}
    asked |= {"events": ["affairs.application.*"], "region": COUNTY, "basis": "law"}
    platform.person().post("/departments", asked, expect=201)
    at_work(desk, staff, "auditor", COUNTY)
    desk.follow("部门订阅：申请、变更、已接通的")
    desk.sees("县卫健局")
    assert desk.path == "/work/departments"
    known = platform.database("identity").departments
    waiting = [one["_id"] for one in known.find({"state": "applied"}, {"_id": 1})]
    known.update_many({"_id": {"$in": waiting}}, {"$set": {"state": "connected"}})
    try:
        desk.open("/work/departments")
        assert desk.path.startswith("/work/departments?") and "这里没有部门" not in desk.text
        desk.open("/work/departments?state=connected")
        desk.sees("县卫健局")
        desk.follow("已申请")
        desk.sees("这里没有部门")
    finally:
        known.update_many({"_id": {"$in": waiting}}, {"$set": {"state": "applied"}})
