"""A number that the operator gave to another person: the new owner comes in, the one before keeps the account and hears of it."""

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.test_messages import code_of, sms_of


def code_for(platform, person, phone: str, **purpose) -> dict:
    """Have a code sent to a phone; gives what comes back."""
    before = len(sms_of(platform, phone))
    asked = person.post("/codes", {"phone": phone, **purpose}, expect=201)
    platform.wait_for(lambda: len(sms_of(platform, phone)) > before)
    return {"code_id": asked["code_id"], "code": code_of(platform, phone)}


def by_code(platform, phone: str, entered: dict):
    """Sign in by a code and the end of one's own number."""
    person = platform.person()
    code = {**code_for(platform, person, phone), "id_number_ending": entered["id_number"][-4:]}
    given = person.post("/sessions/by-code", code, expect=201)
    person.take(given)
    person.id = given["person_id"]
    return person


def test_a_reassigned_number_lets_the_new_owner_in_and_the_one_before_sets_another_phone(platform, staff):
    phone, other = (new_resident(VILLAGE)["phone"] for _ in range(2))
    entered = [{**new_resident(VILLAGE), "phone": phone, "password": f"a password of {n}"} for n in "12"]
    made = [platform.person().post("/residents", one, expect=201) for one in entered]
    assert made[0].keys() == made[1].keys() and {one["phone_state"] for one in made} == {"unproven"}
    assert by_code(platform, phone, entered[0]).id == made[0]["id"]
    owner = by_code(platform, phone, entered[1])
    assert owner.id == made[1]["id"]
    assert owner.get(f"/residents/{owner.id}")["phone_state"] == "proven"

    before, id = platform.person(), made[0]["id"]
    assert before.sign_in(phone, entered[0]["password"]).id == id
    platform.wait_for(lambda: [one for one in before.get("/notices")["items"] if "手机号" in one["text"]])
    assert staff["village"].get(f"/residents/{id}")["phone_state"] == "lost"
    code = code_for(platform, before, other, purpose="phone")
    wrong = before.post(
        f"/residents/{id}/phone", {**code, "code": f"{(int(code['code']) + 1) % 10**6:06d}"}, expect=403
    )
    assert wrong["code"] == "code.not_proved"
    assert before.post(f"/residents/{id}/phone", code)["phone_state"] == "proven"
    assert before.get(f"/residents/{id}")["phone"] == f"{other[:3]}****{other[-4:]}"
    assert owner.get(f"/residents/{owner.id}")["phone_state"] == "proven"


def test_who_loses_the_account_is_warned_at_the_phone_that_was_theirs(platform, certified):
    old, new = certified.entered["phone"], new_resident(VILLAGE)["phone"]
    given = certified.post(
        "/sessions/password",
        {"old_password": certified.entered["password"], "new_password": "猕猴桃熟了我们上山去"},
    )
    certified.take(given)
    code = code_for(platform, certified, new, purpose="phone")
    certified.post(f"/residents/{certified.id}/phone", code)
    warned = lambda phone: [  # noqa: E731
        word for word in ("密码已更换", "手机号已更换") for text in sms_of(platform, phone) if word in text
    ]
    platform.wait_for(lambda: warned(old) == ["密码已更换", "手机号已更换"])
    assert warned(new) == [] and all(new not in text for text in sms_of(platform, old))
    told = "identity.resident.phone_changed"
    platform.wait_for(lambda: told in [one["about"] for one in certified.get("/notices")["items"]])
