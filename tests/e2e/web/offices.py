"""Officials at their browsers, and what lies on their desks, made through the API."""

import re
import uuid

import pyotp
import requests

from deploy.local.story.affairs import MATTER
from deploy.local.story.identity import PASSWORD, VILLAGE
from deploy.local.story.person import Person, new_resident
from tests.e2e.web.reader import PHONE, Reader
from tests.e2e.web.test_frame import form

OFFICE = {"width": 1280, "height": 800}
SEATS = {
    "phone": (PHONE, True),
    "office": (OFFICE, True),
    "phone without script": (PHONE, False),
    "office without script": (OFFICE, False),
}


def appointed(staff, role: str, region: str) -> tuple[str, str]:
    """Give login and one-time password of somebody new in an office."""
    body = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
    return body["login"], staff["county"].post("/officials", body, expect=201)["one_time_password"]


def at_work(reader: Reader, staff, role: str, region: str) -> Reader:
    """Let somebody new in an office sign in, choosing a password."""
    login, first = appointed(staff, role, region)
    reader.open("/first-password")
    reader.fill("登录名", login)
    reader.fill("一次性密码", first)
    reader.fill("自己的密码", PASSWORD)
    reader.press("设好密码并登录")
    assert reader.path == "/work"
    return reader


def applied(person: Person) -> dict:
    """Apply for an allowance with the first of its papers."""
    matter = person.get("/matters", text=MATTER)["items"][0]
    asked = {"matter_id": matter["id"], "name": person.entered["name"], "phone": person.entered["phone"]}
    asked["materials"] = [{"name": matter["materials"][0]["name"]}]
    return person.post("/applications", asked, expect=201) | {"missing": matter["materials"][1:]}


def newcomer(platform) -> Person:
    """Somebody who waits for the village to vouch."""
    person, entered = platform.person("resident"), new_resident(VILLAGE)
    person.id = person.post("/residents", entered, expect=201)["id"]
    person.entered = entered
    return person


def another_certified(platform, staff) -> Person:
    """Somebody else whom the village has certified, known to affairs, and signed in."""
    person = newcomer(platform)
    staff["village"].post(f"/residents/{person.id}/certification")
    people = platform.database("affairs").people
    platform.wait_for(lambda: (people.find_one({"_id": person.id}) or {}).get("certified"))
    return person.sign_in(person.entered["phone"], person.entered["password"])


def reported(platform) -> str:
    """Report somebody without a name; gives the words of the report."""
    nobody = platform.person()
    category = nobody.get("/complaint-categories/search", text="低保", level=3)["items"][0]["id"]
    text = f"低保名额给了自家亲戚 {uuid.uuid4().hex[:8]}"
    asked = {"region": VILLAGE, "category_id": category, "accused": "某干部", "text": text}
    nobody.post("/reports", asked, expect=201)
    return text


def enrolled(reader: Reader) -> None:
    """Enrol the second factor that the office asks for, with what the page shows."""
    reader.press("生成密钥")
    reader.sees("第一步", "第二步")
    assert reader.page.locator("svg.qr").count() == 1
    totp = pyotp.TOTP(reader.page.locator("p.secret").inner_text().replace(" ", ""))
    right = totp.now()
    reader.fill("验证器上的 6 位数字", "000000" if right != "000000" else "111111")
    reader.press("确认")
    reader.sees("还没有办成", "重新生成密钥")
    reader.fill("验证器上的 6 位数字", totp.now())
    reader.press("确认")
    reader.sees("第二因素已登记")
    assert reader.page.locator("ul.secret li").count() >= 5
    reader.follow("抄好了，开始工作")
    assert reader.path == "/work"


def browser_of(base: str, login: str, first: str) -> requests.Session:
    """Give a browser without a window, signed in as an official who has chosen a password."""
    session = requests.Session()
    session.headers.update({"Accept": "text/html", "Origin": base})
    sent = form(session, base, "/first-password", "choose_first_password")
    sent |= {"login": login, "one_time_password": first, "new_password": PASSWORD}
    answer = session.post(base + "/first-password", sent, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    if answer.headers["Location"] == "/work/begin":
        enrol(session, base + "/work/begin")
    return session


def enrol(session: requests.Session, begin: str) -> None:
    """Enrol the second factor."""
    offered = session.post(begin, form(session, "", begin, "offer_second_factor"))
    secret = re.search(r'<p class="secret">([^<]*)<', offered.text)[1].replace(" ", "")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', offered.text))
    done = session.post(begin, fields | {"code": pyotp.TOTP(secret).now()})
    assert "第二因素已登记" in done.text
