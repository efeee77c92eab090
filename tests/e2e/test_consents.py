"""The privacy notice and consents through the whole platform."""

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident


def test_everybody_reads_the_notice_and_registers_with_its_version_only(platform):
    somebody, entered = platform.person(), new_resident(VILLAGE)
    notice = somebody.get("/privacy/notice")
    told = {one["purpose"]: one for one in notice["purposes"]}
    assert notice["version"] == notice["newest"] == entered["notice_version"]
    assert (told["certification"]["ground"], told["market_sms"]["ground"]) == ("legal_duty", "consent")
    assert somebody.get("/privacy/notice", version=notice["newest"]) == notice
    before = {one["purpose"]: one for one in somebody.get("/privacy/notice", version=1)["purposes"]}
    assert {name for name in told if told[name] != before.get(name)} == {
        "market",
        "sessions",
        "fitting",
        "paper_reuse",
    }
    assert somebody.get("/privacy/notice", expect=404, version=99)["code"] == "consent.notice_unknown"
    refused = somebody.post("/residents", {**entered, "notice_version": 99}, expect=422)
    assert refused["code"] == "consent.notice_outdated"
    made = somebody.post("/residents", entered, expect=201)
    kept = platform.database("identity").residents.find_one({"_id": made["id"]})
    assert kept["notice_version"] == notice["version"]


def test_a_resident_consents_to_messages_about_sales_and_withdraws(platform, resident):
    wanted = {"choices": {"orders": "sms"}}
    assert resident.ask("PUT", "/notices/preferences", wanted, 422)["code"] == "preference.consent_missing"
    resident.post("/consents/market_sms/giving", {"notice_version": 2})
    resident.ask("PUT", "/notices/preferences", wanted, 200)
    resident.post("/consents/market_sms/withdrawal")
    again = resident.post("/consents/market_sms/withdrawal", expect=409)
    assert again["code"] == "consent.not_given"
    states = {one["purpose"]: one["state"] for one in resident.get("/consents")["items"]}
    assert states.pop("market_sms") == "withdrawn"
    assert states == {
        "disclosure_by_consent": "never_given",
        "fitting": "never_given",
        "paper_reuse": "never_given",
    }
    history = resident.get("/consents/decisions")["items"]
    assert [one["state"] for one in history] == ["withdrawn", "given"]
    platform.wait_for(
        lambda: platform.database("identity").events.count_documents(
            {"type": "xiangzhi.identity.consent.withdrawn.v1", "data.resident_id": resident.id}
        )
    )
