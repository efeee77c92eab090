"""The market through pages alone: a seller offers and ships, a buyer orders, pays, and has money back."""

import re
import signal

import pytest
import requests

from deploy.local.story.identity import VILLAGE
from deploy.local.story.market import OFFER, recipient
from deploy.local.story.person import Person, new_resident
from tests.e2e.web.reader import SIZES, Reader
from tests.e2e.web.test_frame import browser, form

SECONDS = 60
SILENT = {
    "/market?text=nobody-asked-before": ["农产品"],
    "/market/nobody-asked-before": ["这件农产品"],
    "/market/nobody-asked-before/order": ["这件农产品"],
    "/my/orders": ["订单"],
    "/my/orders/any": ["这个订单"],
    "/my/claims/any": ["这件退款"],
    "/my/sales": ["要发货的", "退款", "在卖的东西", "卖出去的"],
    "/my/sales/any": ["这样东西"],
    "/my/sales/orders/any": ["这个订单"],
}
"""What each page says is missing while the market does not answer; nothing of it is in the gateway's memory."""


@pytest.fixture
def buyer(platform) -> Person:
    """A resident whom the market knows, certified by nobody: that is enough to buy."""
    person, entered = platform.person("buyer"), new_resident(VILLAGE)
    person.post("/residents", entered, expect=201)
    person.entered = entered
    person.sign_in(entered["phone"], entered["password"])
    platform.wait_for(lambda: platform.database("market").people.find_one({"_id": person.id}), SECONDS)
    return person


@pytest.fixture
def listing(certified, staff) -> dict:
    """Three boxes, for which the village vouches."""
    offered = certified.post("/listings", {**OFFER, "stock": 3}, expect=201)
    return staff["village"].post(f"/listings/{offered['id']}/endorsement")


@pytest.fixture
def other(chromium, platform, reader) -> Reader:
    """A second person with a phone of the same kind."""
    one = Reader.on(chromium, platform.base, script=reader.script)
    yield one
    one.close()


def enter(reader: Reader, person: Person) -> None:
    reader.sign_in(person.entered["phone"], person.entered["password"])


def ordered(buyer: Person, listing: dict, number: int = 1) -> str:
    asked = {"listing_id": listing["id"], "quantity": number, "recipient": recipient(buyer.entered)}
    return buyer.post("/orders", asked, expect=201)["id"]


def paid(platform, buyer: Person, listing: dict) -> str:
    order = ordered(buyer, listing)
    buyer.post(f"/orders/{order}/payment", expect=201)
    platform.wait_for(lambda: buyer.get(f"/orders/{order}")["state"] == "paid", SECONDS)
    return order


def fill_in(reader: Reader, buyer: Person, quantity: str) -> None:
    reader.fill("要买多少", quantity)
    reader.fill("收货人姓名", buyer.entered["name"])
    reader.fill("收货人电话", buyer.entered["phone"])
    reader.fill("收货地址", "四川省成都市金堂县竹篙镇黑虎村 3 组 8 号")


def shows(reader: Reader, platform, *words: str) -> None:
    """Open the page again until what an event brings stands on it."""

    def there() -> bool:
        reader.page.reload()
        return all(one in reader.text for one in words)

    platform.wait_for(there, SECONDS, lambda: f"for {words} on {reader.path}: {reader.text}")
    reader.look()


def test_from_the_offer_to_the_money_back(reader, other, platform, certified, staff, buyer):
    seller = reader
    enter(seller, certified)
    seller.open("/my/sales")
    seller.sees("没有要发货的", "还没有卖过东西")
    seller.follow("卖一样东西")
    title = f"猕猴桃{certified.id[-4:]}"
    for label, value in (("卖什么", title), ("介绍一下", "自家果园，五斤装。"), ("按什么单位卖", "箱")):
        seller.fill(label, value)
    seller.fill("一个单位卖多少钱", "六十八")
    seller.press("下一步，核对")
    seller.sees("还没有办成", "请用数字填写", "有多少可以卖：请填写这一项")
    seller.fill("一个单位卖多少钱", "６８元")
    seller.fill("有多少可以卖", "3")
    seller.press("下一步，核对")
    seller.sees("还没有发布", "自家果园，五斤装。")
    seller.press("发布")
    seller.sees("已经交给村里看", "等村里核实", "68.00 元 / 箱")
    listing = seller.path.removeprefix("/my/sales/").partition("?")[0]
    staff["village"].post(f"/listings/{listing}/endorsement")
    seller.fill("一个单位卖多少钱", "65.5")
    seller.press("改好了")
    seller.sees("已经改好", "65.50 元 / 箱", "村里核实过，在卖")

    shopper = other
    shopper.open("/market")
    platform.wait_for(
        lambda: (
            title
            in requests.get(f"{platform.base}/market", {"text": title}, headers={"Accept": "text/html"}).text
        )
    )
    shopper.fill("想买什么", title)
    shopper.press("找")
    shopper.follow(title)
    shopper.sees("65.50 元 / 箱", "还有 3 箱", "村委会确认卖家是本村人")
    shopper.follow("买")
    assert shopper.path.startswith("/sign-in")
    shopper.fill("手机号或登录名", buyer.entered["phone"])
    shopper.fill("密码", buyer.entered["password"])
    shopper.press("登录")
    fill_in(shopper, buyer, "1.5")
    shopper.fill("收货人电话", "12")
    shopper.press("下一步，核对")
    shopper.sees("还没有办成", "收货人电话：")
    shopper.fill("收货人电话", buyer.entered["phone"])
    shopper.press("下一步，核对")
    shopper.sees("还没有办成", "要买多少：", "整数倍")
    assert shopper.page.get_by_role("button", name="下单", exact=True).count() == 0
    shopper.fill("要买多少", "２箱")
    shopper.fill("收货人电话", f"+86 {buyer.entered['phone']}")
    shopper.press("下一步，核对")
    shopper.sees("核对订单", buyer.entered["phone"], "一共 131.00 元", "黑虎村 3 组 8 号")
    shopper.press("下单")
    shopper.sees("已经订到", "待付款")
    order = shopper.path.removeprefix("/my/orders/").partition("?")[0]
    shopper.press("付款")
    assert "要付 131.00 元" in shopper.text or "已付款" in shopper.text, (
        "paid by itself, or at the provider's link"
    )
    shows(shopper, platform, "已付款")

    seller.open("/my/sales")
    seller.follow(title)
    seller.sees("装箱单", buyer.entered["name"], "黑虎村 3 组 8 号", "等您发货")
    seller.press("发货了")
    seller.sees("还没有办成", "请填写快递公司和运单号")
    seller.fill("快递公司", "中国邮政")
    seller.fill("运单号", "EMS1234567")
    seller.press("发货了")
    seller.sees("已记下发货", "EMS1234567")
    seller.fill("运单号", "EMS7654321")
    seller.press("更正")
    seller.sees("已更正", "EMS7654321")
    seller.fill("想说的话", "周三到。")
    seller.press("发给买家")
    seller.sees("已经发给买家", "周三到。")

    shopper.open(f"/my/orders/{order}")
    shopper.sees("已发货", "EMS7654321", "周三到。")
    shopper.press("留言看过了")
    shopper.fill("想说的话", "收到了，谢谢。")
    shopper.press("发给卖家")
    shopper.press("东西收到了")
    shopper.sees("已确认收货", "已收到")
    shopper.fill("想退多少钱", "1000")
    shopper.fill("为什么要退", "坏了三个")
    shopper.press("下一步，核对")
    shopper.sees("还没有办成", "不能超过您付的 131.00 元")
    shopper.fill("想退多少钱", "10元")
    shopper.press("下一步，核对")
    shopper.sees("核对退款申请", "10 元")
    assert "元 元" not in shopper.text
    shopper.press("申请退款")
    shopper.sees("已经申请", "申请退 10.00 元")

    seller.open("/my/sales")
    seller.follow(f"{title}，要退 10.00 元")
    seller.fill("为什么不同意", "发货时是好的")
    seller.press("不同意")
    seller.sees("已答复买家")
    shopper.follow("申请退 10.00 元")
    shopper.sees("发货时是好的")
    shopper.fill("请县里处理的理由", "有开箱视频")
    shopper.press("请县里处理")
    shopper.sees("已交给县里处理", "有开箱视频")
    claim = shopper.path.removeprefix("/my/").partition("?")[0]
    staff["clerk"].post(f"/{claim}/decision", {"amount_fen": 1000, "ruling": "应予退款"})
    shows(shopper, platform, "已退款", "应予退款")
    shopper.open("/my/orders")
    shopper.follow(title)
    shopper.sees("已退回", "10.00 元")


def test_goods_go_back_and_the_money_too(reader, other, platform, certified, buyer, listing):
    order = paid(platform, buyer, listing)
    certified.post(f"/orders/{order}/shipment", {"way": "own_delivery"})
    enter(reader, buyer)
    reader.open(f"/my/orders/{order}")
    reader.fill("想退多少钱", "68")
    reader.choose("我把东西退回去")
    reader.fill("为什么要退", "不是说好的品种")
    reader.press("下一步，核对")
    reader.press("申请退款")
    reader.follow("申请退 68.00 元")
    enter(other, certified)
    other.open(reader.path.partition("?")[0])
    other.press("同意")
    other.sees("已同意", "退货中")
    reader.page.reload()
    reader.choose("自己送过去")
    reader.press("已经退回去了")
    reader.sees("已寄回")
    other.page.reload()
    other.press("退回的东西收到了")
    other.sees("已确认")
    shows(reader, platform, "已退款")


def test_what_is_not_shipped_is_cancelled_by_either(reader, platform, certified, buyer, listing):
    enter(reader, buyer)
    order = ordered(buyer, listing)
    reader.open(f"/my/orders/{order}")
    reader.press("取消订单")
    reader.sees("订单已取消", "已取消")
    given_up = paid(platform, buyer, listing)
    reader.open("/sign-out")
    reader.press("退出")
    enter(reader, certified)
    reader.open(f"/my/sales/orders/{given_up}")
    reader.fill("为什么不能发货", "下雨，摘不了")
    reader.press("不卖了，退钱")
    reader.sees("已取消，钱会退给买家", "下雨，摘不了")
    reader.open(f"/my/sales/{listing['id']}")
    reader.press("下架，不卖了")
    reader.sees("不能再上架")
    reader.press("下架，不卖了")
    reader.sees("已下架")
    reader.open(f"/market/{listing['id']}", 404)
    reader.sees("没有找到这一页")


def test_somebody_else_was_faster(reader, platform, certified, buyer, listing):
    """Sold out between look and order: what was typed stays, and what is left is said."""
    enter(reader, buyer)
    reader.open(f"/market/{listing['id']}/order")
    fill_in(reader, buyer, "3")
    reader.press("下一步，核对")
    ordered(buyer, listing, 2)
    reader.press("下单")
    reader.sees("还没有办成", "手慢了")
    assert reader.page.get_by_label("收货人姓名").input_value() == buyer.entered["name"]
    ordered(buyer, listing)
    reader.page.goto(f"/market/{listing['id']}/order")
    shows(reader, platform, "卖完了")
    reader.open(f"/market/{listing['id']}")
    reader.sees("卖完了")
    assert reader.page.get_by_role("link", name="买", exact=True).count() == 0


def test_a_new_price_is_said_before_it_is_paid(reader, certified, buyer, listing):
    enter(reader, buyer)
    reader.open(f"/market/{listing['id']}/order")
    fill_in(reader, buyer, "1")
    reader.press("下一步，核对")
    certified.ask("PATCH", f"/listings/{listing['id']}", {"price_fen": 7000}, 200)
    reader.press("下单")
    reader.sees("还没有办成", "价格刚刚有变动")
    assert not buyer.get("/orders")["items"]


def test_who_is_not_certified_is_told_what_to_do(reader, buyer):
    enter(reader, buyer)
    reader.open("/my/sales/offer")
    for label, value in (("卖什么", "土鸡蛋"), ("介绍一下", "自家散养"), ("按什么单位卖", "斤")):
        reader.fill(label, value)
    reader.fill("一个单位卖多少钱", "12")
    reader.fill("有多少可以卖", "20")
    reader.press("下一步，核对")
    reader.press("发布")
    reader.sees("还没有办成")
    assert reader.page.locator("#errors").inner_text().count("村") >= 1
    assert reader.page.get_by_label("卖什么").input_value() == "土鸡蛋"


def test_a_confirmed_order_that_comes_twice_is_one_order(platform, buyer, listing):
    session = browser(platform.base, buyer)
    path = f"/market/{listing['id']}/order"
    whom = recipient(buyer.entered)
    sent = form(session, platform.base, path, "order") | {
        "quantity_milli": "1",
        **{f"recipient.{name}": value for name, value in whom.items()},
    }
    check = session.post(platform.base + path, sent)
    assert "一共 68.00 元" in check.text
    assert not buyer.get("/orders")["items"]
    hidden = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', check.text))
    told = [
        session.post(platform.base + path, hidden | {"step": "confirmed"}, allow_redirects=False)
        for _ in range(2)
    ]
    assert [one.status_code for one in told] == [303, 303]
    (order,) = buyer.get("/orders")["items"]
    assert told[0].headers["Location"] == f"/my/orders/{order['id']}?done=order"
    assert told[1].headers["Location"].startswith("/my/orders")
    assert session.get(platform.base + told[1].headers["Location"]).status_code == 200


def test_an_order_of_others_is_nobodys_page(platform, staff, buyer, listing, certified):
    order = ordered(buyer, listing)
    stranger, entered = platform.person("stranger"), new_resident(VILLAGE)
    stranger.post("/residents", entered, expect=201)
    stranger.entered = entered
    session = browser(platform.base, stranger)
    for path in (f"/my/orders/{order}", f"/my/sales/orders/{order}", f"/my/sales/{listing['id']}"):
        assert session.get(platform.base + path).status_code == 404, path


def test_the_code_opens_the_page_and_breaks_no_rule(phone, platform, listing):
    said: list[str] = []
    phone.page.on("console", lambda message: said.append(message.text))
    phone.open(f"/market/{listing['id']}")
    code = phone.page.locator("svg.code")
    box = code.bounding_box()
    assert box["width"] == box["height"] > 150
    assert code.locator("[style]").count() == 0
    assert not [one for one in said if "Content Security Policy" in one]


def test_a_page_whose_service_is_silent_says_so(phone, platform, buyer):
    """The market hangs: the page comes all the same, and says what is missing."""
    enter(phone, buyer)
    process = platform.children["market"].process
    process.send_signal(signal.SIGSTOP)
    try:
        for path, missing in SILENT.items():
            phone.open(path)
            phone.sees(*(f"{one}暂时看不到" for one in missing))
    finally:
        process.send_signal(signal.SIGCONT)
    platform.wait_for(lambda: buyer.try_to("GET", "/orders")[0] == 200, SECONDS)


def test_every_size_can_be_read(phone, platform, certified, buyer, listing):
    order = paid(platform, buyer, listing)
    certified.post(f"/orders/{order}/shipment", {"way": "pick_up"})
    claim = buyer.post(f"/orders/{order}/claims", {"amount_fen": 100, "reason": "坏了一个"}, expect=201)["id"]
    public = ["/market", "/market?text=没有的东西", f"/market/{listing['id']}"]
    bought = [f"/market/{listing['id']}/order", "/my/orders", f"/my/orders/{order}", f"/my/claims/{claim}"]
    sold = ["/my/sales", "/my/sales/offer", f"/my/sales/{listing['id']}", f"/my/sales/orders/{order}"]
    for person, paths in ((None, public), (buyer, bought), (certified, [*sold, f"/my/claims/{claim}"])):
        if person:
            phone.context.clear_cookies()
            enter(phone, person)
        for size in SIZES:
            phone.page.goto(f"/type-size/{size}?back=/")
            for path in paths:
                phone.page.set_viewport_size({"width": 240, "height": 700})
                phone.open(path)
                phone.page.set_viewport_size({"width": 1280, "height": 700})
                phone.look()
