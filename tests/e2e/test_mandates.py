"""An elder's helper through HTTP: what he may do for her, what he may not, who sees it, and that its end is one at once."""

import base64
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import Person, new_resident
from services.civic.photos import MOST_BYTES, upright
from tests.photos import in_base64, large_photo, photo
from tests.unit.affairs.matter_forms import allowance

FORM = {"name": "王秀英", "phone": "13800000013"}
RECIPIENT = {"name": "王秀英", "phone": "13800000013", "address": "四川省邛崃市黑虎村 1 组 8 号"}
KIWI = {"title": "猕猴桃", "description": "黑虎村自家果园。", "unit": "箱", "price_fen": 6800, "stock": 9}
PHOTO = photo() + b"x" * (MOST_BYTES - len(photo()))
WRAPPED = "data:image/jpeg;base64," + base64.encodebytes(PHOTO).decode()
SERVICES = ("affairs", "market")


class Acting:
    """A helper's own sign-in together with a mandate that he names."""

    def __init__(self, helper: Person, mandate: str):
        self.person = Person(helper.base, "helper acting")
        assert helper.refresh()  # the token that he signed in with is from before his certification
        self.person.http.headers["Authorization"] = helper.http.headers["Authorization"]
        self.person.http.headers["On-Behalf-Of"] = mandate

    def __getattr__(self, name):
        return getattr(self.person, name)


@pytest.fixture
def settle(platform, staff):
    """Make somebody of 黑虎村 whom the village has certified and every service knows."""

    def make(name: str) -> Person:
        person, entered = platform.person(name), new_resident(VILLAGE)
        person.post("/residents", entered, expect=201)
        person.sign_in(entered["phone"], entered["password"])
        person.entered = entered
        staff["village"].post(f"/residents/{person.id}/certification")

        def known(service: str) -> bool:
            found = platform.database(service).people.find_one({"_id": person.id})
            return bool(found and found["certified"])

        platform.wait_for(lambda: all(known(service) for service in SERVICES))
        return person

    return make


@pytest.fixture
def elder(settle):
    return settle("elder")


@pytest.fixture
def helper(settle):
    return settle("helper")


def entrust(elder, helper, **terms) -> str:
    """Let the elder name the helper, who accepts."""
    asked = {"helper_id": helper.id, "matters": ["all"], "orders": True, "months": 6, **terms}
    id = elder.post("/mandates", asked, expect=201)["id"]
    assert helper.post(f"/mandates/{id}/acceptance")["state"] == "active"
    return id


def matters(platform, **query) -> list[dict]:
    return platform.person().get("/matters", limit=100, **query)["items"]


def form_for(matter: dict) -> dict:
    materials = [{"name": one["name"]} for one in matter["materials"]]
    return {**FORM, "matter_id": matter["id"], "materials": materials}


def test_what_a_helper_applies_for_is_the_elders_and_says_visibly_who_acted(platform, staff, elder, helper):
    mandate = entrust(elder, helper)
    acting = Acting(helper, mandate)
    made = acting.post("/applications", form_for(matters(platform)[0]), expect=201)
    assert made["acted_by"] == made["steps"][0]["acted_by"] == helper.id
    for reader in (elder, acting):
        assert reader.get(f"/applications/{made['id']}")["applicant_name"] == elder.entered["name"]
        assert [one["id"] for one in reader.get("/applications/mine")["items"]] == [made["id"]]
    assert staff["clerk"].get(f"/applications/{made['id']}")["acted_by"] == helper.id
    helper.get(f"/applications/{made['id']}", expect=404)
    acting.post(f"/applications/{made['id']}/withdrawal")
    assert_told_and_listed(platform, staff, elder, helper, mandate, made["id"])


def test_a_form_is_filled_with_what_the_village_certified_of_the_elder_and_of_nobody_else(
    platform, staff, elder, helper
):
    matter = matters(platform)[-1]
    path = f"/matters/{matter['id']}"
    staff["clerk"].ask("PATCH", path, {"form": allowance()}, 200)
    numbers = {one: one.entered["id_number"] for one in (elder, helper)}
    acting = Acting(helper, entrust(elder, helper))
    asked = {**form_for(matter), "name": "别人"}

    def answers(number: str) -> dict:
        return {"elder": {"name": "别人", "number": number, "way": "社保卡"}, "cash": {"somebody": False}}

    refused = acting.post("/applications", {**asked, "answers": answers(numbers[helper])}, expect=422)
    assert refused["code"] == "application.not_the_own_number"
    typed = " ".join(numbers[elder]).lower()
    made = acting.post("/applications", {**asked, "answers": answers(typed)}, expect=201)
    made = elder.get(f"/applications/{made['id']}")
    assert made["applicant_name"] == elder.entered["name"] != helper.entered["name"]
    lines = {one["question"]: one["answer"] for one in made["filled"][0]["lines"]}
    assert (lines["姓名"], lines["身份证号"]) == (elder.entered["name"], numbers[elder])
    own = helper.post(
        "/applications", {**asked, "name": None, "answers": answers(numbers[helper])}, expect=201
    )
    assert helper.get(f"/applications/{own['id']}")["applicant_name"] == helper.entered["name"]
    staff["clerk"].ask("PATCH", path, {"form": None}, 200)


def assert_told_and_listed(platform, staff, elder, helper, mandate, id):
    """Both have a notice of each act, all three see the list, and the events carry ids only."""
    acts = ["affairs.application.withdrawn", "affairs.application.submitted"]

    def listed(reader):
        found = reader.get(f"/mandates/{mandate}/acts")["items"]
        return [(one["act"], one["subject"], one["acted_by"]) for one in found]

    platform.wait_for(lambda: len(listed(elder)) == 2)
    for reader in (elder, helper, staff["village"], staff["town"]):
        assert listed(reader) == [(act, id, helper.id) for act in acts]
    for reader in (elder, helper):
        platform.wait_for(lambda reader=reader: {*acts} <= {one["about"] for one in notices(reader)})
    staff["other village"].get(f"/mandates/{mandate}/acts", expect=404)
    told = [one["data"] for one in platform.database("affairs").events.find({"subject": id})]
    assert len(told) == 2
    assert all(one["mandate_id"] == mandate and one["acted_by"] == helper.id for one in told)


def notices(person) -> list[dict]:
    return person.get("/notices", limit=100)["items"]


def test_what_a_helper_orders_and_pays_is_the_elders(platform, staff, settle, elder, helper):
    seller = settle("seller")
    listing = seller.post("/listings", KIWI, expect=201)["id"]
    staff["village"].post(f"/listings/{listing}/endorsement")
    mandate = entrust(elder, helper, matters=[])
    acting, asked = (
        Acting(helper, mandate),
        {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT},
    )
    made = acting.post("/orders", asked, expect=201)
    assert (made["buyer_id"], made["acted_by"]) == (elder.id, helper.id)
    assert elder.get(f"/orders/{made['id']}")["recipient"] == RECIPIENT
    acting.post(f"/orders/{made['id']}/payment", expect=201)
    platform.wait_for(lambda: acting.get(f"/orders/{made['id']}")["state"] == "paid", 60)
    seller.post(f"/orders/{made['id']}/shipment", {"carrier": "中国邮政", "tracking": "EMS1234567"})
    assert acting.post(f"/orders/{made['id']}/receipt")["state"] == "received"
    platform.wait_for(lambda: len(elder.get(f"/mandates/{mandate}/acts")["items"]) == 3)
    acts = [one["act"] for one in helper.get(f"/mandates/{mandate}/acts")["items"]]
    assert acts == ["market.order.received", "market.payment.requested", "market.order.requested"]
    assert acting.get("/applications/mine", expect=403)["code"] == "mandate.out_of_scope"


def test_a_helper_does_not_sell_to_the_ward(staff, elder, helper):
    listing = helper.post("/listings", KIWI, expect=201)["id"]
    staff["village"].post(f"/listings/{listing}/endorsement")
    acting = Acting(helper, entrust(elder, helper))
    asked = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert acting.post("/orders", asked, expect=422)["code"] == "order.helper_sells"


def test_a_mandate_for_some_kinds_of_matters_shows_and_does_nothing_of_others(platform, elder, helper):
    acting = Acting(helper, entrust(elder, helper, matters=["5"], orders=False))
    grant, other = matters(platform, kind="5")[0], matters(platform, kind="20")[0]
    own = elder.post("/applications", form_for(other), expect=201)["id"]
    assert acting.post("/applications", form_for(other), expect=403)["code"] == "application.outside_mandate"
    made = acting.post("/applications", form_for(grant), expect=201)["id"]
    assert [one["id"] for one in acting.get("/applications/mine")["items"]] == [made]
    acting.get(f"/applications/{own}", expect=404)
    acting.post(f"/applications/{own}/withdrawal", expect=404)
    assert acting.get("/orders", expect=403)["code"] == "mandate.out_of_scope"


@pytest.mark.parametrize(
    "verb, path, body",
    [
        ("POST", "/reports", {}),
        ("POST", "/reports/by-receipt", {}),
        ("POST", "/residents", {}),
        ("POST", "/mandates", {}),
        ("GET", "/notices", None),
        ("GET", "/overview", None),
        ("POST", "/applications/x/rating", {"stars": 5}),
        ("POST", "/listings", {}),
        ("DELETE", "/sessions/current", None),
    ],
)
def test_what_is_everybodys_own_is_done_under_no_mandate(elder, helper, verb, path, body):
    acting = Acting(helper, entrust(elder, helper, votes=True))
    status, answer = acting.try_to(verb, path, body)
    assert (status, answer["code"]) == (403, "mandate.not_for_this")


def test_staff_act_under_no_mandate(staff, elder, helper):
    mandate = entrust(elder, helper)
    for name, path in (("village", "/residents"), ("clerk", "/applications"), ("discipline", "/reports")):
        status, answer = Acting(staff[name], mandate).try_to("GET", path)
        assert (status, answer["code"]) == (403, "mandate.not_for_this")


def test_only_the_helper_himself_uses_the_mandate(platform, settle, elder, helper):
    mandate, stranger = entrust(elder, helper), settle("stranger")
    for person, named in ((stranger, mandate), (elder, mandate), (helper, "no-such-thing")):
        found = Acting(person, named).get("/applications/mine", expect=404)
        assert found["code"] == "mandate.not_found"
    for wrong in ("", "a b", "x" * 65, f"{mandate},{mandate}"):
        assert Acting(helper, wrong).get("/applications/mine", expect=400)["code"] == "request.invalid"
    nobody = platform.person()
    nobody.http.headers["On-Behalf-Of"] = mandate
    nobody.get("/applications/mine", expect=401)


def test_one_key_sent_for_the_elder_and_for_himself_is_two_applications(platform, elder, helper):
    acting, key, asked = (
        Acting(helper, entrust(elder, helper)),
        str(uuid.uuid4()),
        form_for(matters(platform)[1]),
    )
    for_her = acting.post("/applications", asked, expect=201, key=key)
    assert acting.post("/applications", asked, expect=201, key=key)["id"] == for_her["id"]
    his_own = helper.post("/applications", asked, expect=201, key=key)
    assert his_own["id"] != for_her["id"] and his_own["acted_by"] is None


@pytest.mark.parametrize("by", ["elder", "helper", "village"])
def test_from_the_moment_that_it_is_ended_nothing_more_is_done_under_it(platform, staff, elder, helper, by):
    mandate = entrust(elder, helper)
    acting, forms = Acting(helper, mandate), [form_for(one) for one in matters(platform)[:40]]
    over = []

    def end() -> None:
        who = {"elder": elder, "helper": helper, "village": staff["village"]}[by]
        platform.wait_for(lambda: elder.get("/applications/mine")["items"])
        who.post(f"/mandates/{mandate}/ending", {"reason": "不再需要"})
        over.append(True)

    def apply() -> list[str]:
        done = []
        for form in forms:
            was_over = bool(over)
            status, answer = acting.try_to("POST", "/applications", form)
            if status != 201:
                assert (status, answer["code"]) == (403, "mandate.not_in_force")
                return done
            assert not was_over, "done after the end was answered"
            done.append(answer["id"])
        raise AssertionError("never refused")

    with ThreadPoolExecutor(2) as pool:
        ending, applying = pool.submit(end), pool.submit(apply)
        done, _ = applying.result(60), ending.result(60)
    assert done
    platform.wait_for(lambda: len(acts_of(elder, mandate)) == len(done))
    assert {one["subject"] for one in acts_of(elder, mandate)} == set(done)


def acts_of(person, mandate) -> list[dict]:
    return person.get(f"/mandates/{mandate}/acts", limit=100)["items"]


def test_a_paper_with_its_photo_is_recorded_by_the_village_and_seen_by_whom_it_concerns(
    staff, settle, elder, helper
):
    witness = settle("witness")
    paper = {
        "ward_id": elder.id,
        "helper_id": helper.id,
        "witness_id": witness.id,
        "kind": "party_help",
        "matters": ["20"],
        "months": 12,
        "photo": WRAPPED,
    }
    staff["other village"].post("/mandates/papers", paper, expect=404)
    made = staff["village"].post("/mandates/papers", paper, expect=201)
    helper.post(f"/mandates/{made['id']}/acceptance")
    for reader in (elder, helper, staff["village"], staff["town"], staff["county"]):
        assert reader.get(f"/mandates/{made['id']}/paper")["photo"] == in_base64(upright(PHOTO))
    for stranger in (witness, staff["other village"], staff["other town"]):
        stranger.get(f"/mandates/{made['id']}/paper", expect=404)
    too_large = {**paper, "ward_id": witness.id, "witness_id": elder.id, "photo": in_base64(PHOTO + b"x")}
    refused = staff["village"].post("/mandates/papers", too_large, expect=422)
    assert refused["code"] == "mandate.photo_too_large"


def photographed(person, mandate: str, raw: bytes) -> requests.Response:
    """Send a photo of the paper with its form."""
    headers = {"Authorization": person.http.headers["Authorization"], "Idempotency-Key": str(uuid.uuid4())}
    files = {"photo": ("王秀英的委托书.JPG", raw, "image/jpeg")}
    return requests.post(
        f"{person.base}/mandates/{mandate}/photos", files=files, headers=headers, timeout=120
    )


def seen(person, mandate: str, photo_id: str) -> requests.Response:
    """Ask for a photo of the paper."""
    headers = {"Authorization": person.http.headers["Authorization"]}
    return requests.get(f"{person.base}/mandates/{mandate}/photos/{photo_id}", headers=headers, timeout=60)


def test_a_paper_recorded_first_is_photographed_later_and_its_photos_end_with_it(
    platform, staff, settle, elder, helper
):
    village, witness = staff["village"], settle("witness")
    paper = {"ward_id": elder.id, "helper_id": helper.id, "witness_id": witness.id, "matters": ["20"]}
    id = village.post("/mandates/papers", {**paper, "months": 12}, expect=201)["id"]
    waiting = village.get("/mandates", state="offered", photos_missing="true", limit=100)["items"]
    assert id in [one["id"] for one in waiting]
    assert village.get(f"/mandates/{id}/paper", expect=404)["code"] == "mandate.no_photo_yet"
    sent = photographed(village, id, large_photo())
    assert sent.status_code == 201 and "王秀英的委托书" not in sent.text, sent.text
    (one,) = sent.json()["photos"]
    for reader in (elder, helper, village, staff["town"], staff["county"]):
        shown = seen(reader, id, one["id"])
        assert shown.status_code == 200 and shown.headers["Cache-Control"] == "private, no-store"
    for stranger in (witness, staff["other village"], staff["other town"]):
        assert seen(stranger, id, one["id"]).status_code == 404
    looks = elder.get("/disclosures/mine")["items"]
    assert [look["purpose"] for look in looks].count("mandate_paper") == 3
    assert photographed(village, id, b"<svg onload='alert(1)'/>").json()["code"] == "photo.other_kind"
    assert photographed(staff["other village"], id, photo()).status_code == 404
    elder.post(f"/mandates/{id}/ending")
    assert seen(elder, id, one["id"]).status_code == 404
    files = platform.database("identity").files
    platform.wait_for(lambda: files.find_one({"_id": one["id"]}) is None)
    assert photographed(village, id, photo()).json()["code"] == "mandate.takes_no_photos"
