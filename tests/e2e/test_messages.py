"""Messages and codes through the whole platform: an event becomes an SMS, its receipt comes back, a code signs in."""

import os
import re
import signal

import requests

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.test_privacy import dump


def sms_of(platform, phone: str) -> list[str]:
    """What a phone was sent, as the simulator knows it."""
    told = requests.get(f"{platform.settings.sms_url}/_sent", timeout=5).json()
    return [one["text"] for one in told["messages"] if one["phone"] == phone]


def code_of(platform, phone: str) -> str:
    """The digits of the last code that came to a phone."""
    texts = platform.wait_for(lambda: [one for one in sms_of(platform, phone) if "验证码" in one])
    return re.search(r"[0-9]{6}", texts[-1])[0]


def test_a_certified_resident_gets_one_message_and_its_receipt_is_kept(platform, certified):
    phone = certified.entered["phone"]
    expected = ["【乡治】您的身份村里已经认证，现在可以办事了。"]
    platform.wait_for(lambda: sms_of(platform, phone) == expected)
    platform.wait_for(lambda: certified.get("/messages")["items"][0]["state"] == "delivered")
    (message,) = certified.get("/messages")["items"]
    assert (message["subject"], message["kind"], message["text"]) == (
        certified.id,
        "certification",
        expected[0],
    )
    assert phone not in platform.logs()


def test_who_wants_no_messages_gets_the_notice_only(platform, staff, resident):
    chosen = resident.ask("PUT", "/notices/preferences", {"choices": {"certification": "inbox"}}, 200)
    assert {one["kind"]: one["channel"] for one in chosen["items"]}["certification"] == "inbox"
    resident.ask("PUT", "/notices/preferences", {"choices": {"certification": "none"}}, 422)
    resident.ask("PUT", "/notices/preferences", {"choices": {"nonsense": "inbox"}}, 400)
    staff["village"].post(f"/residents/{resident.id}/certification")
    platform.wait_for(lambda: resident.get("/notices")["items"])
    assert resident.get("/messages")["items"] == [] and sms_of(platform, resident.entered["phone"]) == []


def test_a_resident_signs_in_with_a_code_and_the_end_of_the_id_number(platform, resident):
    phone, ending = resident.entered["phone"], resident.entered["id_number"][-4:]
    somebody = platform.person()
    asked = somebody.post("/codes", {"phone": phone}, expect=201)
    digits = code_of(platform, phone)
    body = {"code_id": asked["code_id"], "code": digits, "id_number_ending": ending}
    other_end = "0000" if ending != "0000" else "1111"
    wrong = somebody.post("/sessions/by-code", {**body, "id_number_ending": other_end}, expect=403)
    assert wrong["code"] == "code.wrong"
    given = somebody.post("/sessions/by-code", body, expect=201)
    assert (given["person_id"], given["kind"]) == (resident.id, "resident")
    somebody.http.headers["Authorization"] = f"Bearer {given['access_token']}"
    assert somebody.get(f"/residents/{resident.id}")["id"] == resident.id
    somebody.post("/sessions/refresh", {"refresh_token": given["refresh_token"]})
    assert somebody.post("/sessions/by-code", body, expect=403)["code"] == "code.wrong"
    told = platform.logs()
    assert phone not in told and f'"{digits}"' not in dump(platform, "identity")


def test_a_forgotten_password_is_replaced_by_phone_and_paper_and_its_owner_is_told(platform, resident):
    phone, ending = resident.entered["phone"], resident.entered["id_number"][-4:]
    somebody, new = platform.person(), "猕猴桃熟了我们上山去"
    asked = somebody.post("/codes", {"phone": phone, "purpose": "reset_password"}, expect=201)
    body = {"code_id": asked["code_id"], "code": code_of(platform, phone), "id_number_ending": ending}
    assert somebody.post("/sessions/by-code", body, expect=403)["code"] == "code.wrong"
    common = somebody.post("/sessions/password/reset", {**body, "new_password": "1234567890"}, expect=422)
    assert common["code"] == "session.password_too_common"
    given = somebody.post("/sessions/password/reset", {**body, "new_password": new}, expect=201)
    assert (given["person_id"], given["kind"]) == (resident.id, "resident")
    again = somebody.post("/sessions/password/reset", {**body, "new_password": new}, expect=403)
    assert again["code"] == "code.wrong"
    assert not resident.refresh()
    platform.wait_for(lambda: resident.try_to("GET", "/notices")[0] == 401)
    old = {"login": phone, "password": resident.entered["password"]}
    assert platform.person().post("/sessions", old, expect=403)["code"] == "session.wrong_credentials"
    owner = platform.person().sign_in(phone, new)
    told = "identity.resident.password_changed"
    platform.wait_for(lambda: told in [one["about"] for one in owner.get("/notices")["items"]])
    platform.wait_for(lambda: any("密码已更换" in text for text in sms_of(platform, phone)))
    assert new not in platform.logs() and phone not in platform.logs()


def test_a_sender_that_was_killed_sends_everything_once_when_it_is_back(platform, staff):
    sender = platform.children["identity-messages"]
    os.killpg(sender.process.pid, signal.SIGKILL)
    sender.process.wait(10)
    people = []
    for _ in range(3):
        entered = new_resident(VILLAGE)
        made = platform.person().post("/residents", entered, expect=201)
        staff["village"].post(f"/residents/{made['id']}/certification")
        people.append((made["id"], entered["phone"]))
    messages = platform.database("identity").messages
    ids = [id for id, _ in people]
    platform.wait_for(lambda: messages.count_documents({"person": {"$in": ids}, "state": "waiting"}) == 3)
    sender.start()
    platform.wait_for(lambda: messages.count_documents({"person": {"$in": ids}, "state": "delivered"}) == 3)
    assert [len(sms_of(platform, phone)) for _, phone in people] == [1, 1, 1]


def test_a_phone_that_nobody_has_is_answered_the_same_and_gets_nothing(platform):
    somebody, phone = platform.person(), "13999999999"
    asked = somebody.post("/codes", {"phone": phone}, expect=201)
    assert set(asked) == {"code_id", "expires_at"}
    messages = platform.database("identity").messages
    given_up = {"subject": asked["code_id"], "state": "given_up", "last_error": "no_phone"}
    platform.wait_for(lambda: messages.find_one(given_up))
    assert sms_of(platform, phone) == []
    assert somebody.post("/codes", {"phone": "123"}, expect=400)["code"] == "request.invalid"
    for _ in range(3):
        somebody.post("/codes", {"phone": phone}, expect=201)
    assert somebody.post("/codes", {"phone": phone}, expect=429)["code"] == "code.asked_too_often"


def test_a_receipt_that_is_not_signed_by_the_provider_is_refused(platform):
    for provider, status in (("first", 403), ("second", 403), ("third", 400)):
        answer = requests.post(
            f"{platform.base}/messages/receipts/{provider}", data=b'{"message_id": "m", "state": "delivered"}', timeout=10
        )  # fmt: skip
        assert answer.status_code == status, answer.text


def test_who_comes_once_applies_by_a_code_and_goes_on_with_it_after_registering(platform, staff):
    entered, phone_only, once = new_resident(VILLAGE), platform.person(), platform.person()
    phone = entered["phone"]
    given = {name: entered[name] for name in ("name", "id_number", "village", "notice_version")}
    visit = begin_visit(platform, once, phone, **given)
    matter = once.get("/matters", text="高龄津贴")["items"][0]["id"]
    asked = {"matter_id": matter, "name": entered["name"], "phone": phone, "materials": []}
    staff["clerk"].ask("PATCH", f"/matters/{matter}", {"visitors": True}, 200)
    made = once.post("/applications", asked, expect=201)
    begin_visit(platform, phone_only, phone)
    assert phone_only.get(f"/applications/{made['id']}/progress")["state"] == "submitted"
    assert phone_only.post("/applications", asked, expect=403)["code"] == "access.name_needed"
    assert staff["clerk"].get(f"/visitors/{visit['person_id']}")["phone"] == f"{phone[:3]}****{phone[-4:]}"

    resident = platform.person()
    resident.id = resident.post("/residents", entered, expect=201)["id"]
    staff["village"].post(f"/residents/{resident.id}/certification")
    visitors = platform.database("identity").visitors
    platform.wait_for(lambda: visitors.find_one({"_id": visit["person_id"], "resident_id": resident.id}))
    resident.sign_in(phone, entered["password"])
    assert resident.get(f"/applications/{made['id']}")["visitor_id"] == visit["person_id"]
    resident.post(f"/applications/{made['id']}/withdrawal")
    once.ask("DELETE", "/sessions/current", {}, 200)
    platform.wait_for(lambda: once.try_to("GET", "/applications/mine")[0] == 401)
    assert phone not in platform.logs() and entered["name"] not in platform.logs()


def begin_visit(platform, person, phone: str, **given) -> dict:
    """Prove a phone by the code that came to it."""
    before = len(sms_of(platform, phone))
    asked = person.post("/codes", {"phone": phone, "purpose": "visit"}, expect=201)
    platform.wait_for(lambda: len(sms_of(platform, phone)) > before)
    body = {"code_id": asked["code_id"], "code": code_of(platform, phone), **given}
    visit = person.post("/visits", body, expect=201)
    person.http.headers["Authorization"] = f"Bearer {visit['access_token']}"
    return visit
