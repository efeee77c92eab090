"""What the reporter does: submit, read, write, withdraw, rate, ask for a review."""

import secrets
import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from services.chassis.core.calls import Call
from services.civic.actor import CivicActor
from tests.integration.integrity.endpoints import ELSEWHERE, VILLAGE, officer


def test_a_report_gives_sixteen_digits_of_which_only_the_keyed_hash_is_stored(integrity):
    answer = integrity.submit()
    assert set(answer) == {"receipt", "state"} and answer["state"] == "received"
    assert len(answer["receipt"]) == 16 and answer["receipt"].isdigit()
    stored = integrity.stored()
    assert stored["receipt_hash"] == integrity.receipts.stored(answer["receipt"])
    assert stored["region"] == "510183" and stored["regions"] == ["510183"] and stored["place"] == VILLAGE


def test_the_same_key_gives_the_same_receipt_again_and_one_report(integrity):
    key = secrets.token_urlsafe(24)
    answers = []
    together = [threading.Thread(target=lambda: answers.append(integrity.submit(key=key))) for _ in range(6)]
    for one in together:
        one.start()
    for one in together:
        one.join(30)
    answers.append(integrity.submit(key=key))
    assert len(answers) == 7 and len({a["receipt"] for a in answers}) == 1
    assert integrity.database.reports.count_documents({}) == 1
    assert integrity.database.reports.find_one()["requests"][0]["answer"] is None
    assert (
        integrity.submit(key=key, text="完全不同的另一件事情，请重视。")["code"]
        == "request.key_used_otherwise"
    )
    assert integrity.submit()["receipt"] != answers[0]["receipt"]


def test_a_report_about_an_unknown_place_a_broad_category_or_the_future_is_refused(integrity):
    subject = integrity.database.categories.find_one({"level": 2})["_id"]
    tomorrow = (datetime.now(UTC) + timedelta(hours=8, days=1)).date().isoformat()
    for changed, code in (
        ({"region": "999999"}, "report.place_unknown"),
        ({"category_id": subject}, "category.not_a_leaf"),
        ({"category_id": "nothing"}, "category.not_found"),
        ({"happened_on": tomorrow}, "report.happens_later"),
        ({"text": "太短"}, "request.invalid"),
        ({"ip": "1.2.3.4"}, "request.invalid"),
        ({"real_name": True}, "report.name_not_certified"),
    ):
        assert integrity.submit(**changed)["code"] == code, changed
    assert integrity.database.reports.count_documents({}) == 0


def test_a_certified_resident_may_give_the_name_and_only_the_id_is_kept(integrity):
    person = CivicActor("resident-7", "resident", assurance=1)
    assert integrity.submit(person, real_name=True)["code"] == "report.name_not_certified"
    integrity.people.learn("resident-7", 1, {"region": VILLAGE, "regions": [], "certified": False})
    assert integrity.submit(person, real_name=True)["code"] == "report.name_not_certified"
    integrity.people.learn("resident-7", 2, {"region": VILLAGE, "regions": [], "certified": True})
    assert integrity.submit(person, real_name=True)["state"] == "received"
    opened = integrity.ask("open_report", {"report_id": integrity.only_id()}, officer())
    assert opened["reporter"] == "resident-7"
    assert "resident-7" not in str(integrity.database.reports.find_one()["outbox"])


def test_a_signed_in_resident_who_gives_no_name_leaves_none(integrity):
    integrity.people.learn("resident-7", 1, {"region": VILLAGE, "regions": [], "certified": True})
    assert integrity.submit(CivicActor("resident-7", "resident", assurance=1))["state"] == "received"
    stored = integrity.stored()
    assert stored["reporter"] is None and "resident-7" not in str(stored)


def test_reporter_and_officer_talk_through_the_receipt_and_the_officer_has_no_name_there(integrity):
    report = integrity.accepted()
    for n in range(3):
        assert (
            integrity.ask("write_message", {"receipt": report.receipt, "text": f"补充{n}"})["state"]
            == "accepted"
        )
        assert (
            integrity.ask("answer_report", {"report_id": report.id, "text": f"收到{n}"}, officer())["id"]
            == report.id
        )
    sent = {"receipt": report.receipt, "text": "银行流水在会计处", "kind": "evidence"}
    assert integrity.ask("write_message", sent)["state"] == "accepted"
    seen = integrity.ask("read_report", {"receipt": report.receipt})
    assert [m["by"] for m in seen["messages"]] == ["我", "承办人"] * 3 + ["我"]
    assert seen["messages"][-1]["kind"] == "evidence"
    assert "officer-1" not in str(seen) and "张某某" not in str(seen) and "三万元" not in str(seen)
    opened = integrity.ask("open_report", {"report_id": report.id}, officer())
    assert opened["messages"][1]["official"] == "officer-1"


def test_a_repeated_message_is_written_once(integrity):
    receipt, key = integrity.submit()["receipt"], secrets.token_urlsafe(24)
    asked = {"receipt": receipt, "text": "补充"}
    assert integrity.ask("write_message", asked, key=key) == integrity.ask("write_message", asked, key=key)
    assert len(integrity.stored()["messages"]) == 1
    other = {"receipt": receipt, "text": "不同"}
    assert integrity.ask("write_message", other, key=key)["code"] == "request.key_used_otherwise"


def test_messages_sent_at_the_same_moment_are_all_kept(integrity):
    receipt = integrity.submit()["receipt"]
    sent = [f"补充{n}" for n in range(6)]
    together = [
        threading.Thread(target=integrity.ask, args=("write_message", {"receipt": receipt, "text": text}))
        for text in sent
    ]
    for one in together:
        one.start()
    for one in together:
        one.join(30)
    assert sorted(m["text"] for m in integrity.stored()["messages"]) == sent


def test_the_reporter_withdraws_rates_and_asks_for_a_review_each_in_its_turn(integrity):
    withdrawn = integrity.submit()["receipt"]
    assert integrity.ask("withdraw_report", {"receipt": withdrawn})["state"] == "withdrawn"
    assert integrity.ask("withdraw_report", {"receipt": withdrawn})["code"] == "report.not_its_turn"

    report = integrity.accepted(region=ELSEWHERE)
    asked = {"receipt": report.receipt}
    assert integrity.ask("rate_report", {**asked, "stars": 5})["code"] == "report.not_its_turn"
    found = {"report_id": report.id, "outcome": "substantiated", "text": "已查实并处理"}
    assert integrity.ask("conclude_report", found, officer())["state"] == "concluded"
    assert integrity.ask("rate_report", {**asked, "stars": 6})["code"] == "request.invalid"
    assert integrity.ask("rate_report", {**asked, "stars": 2})["rating"] == 2
    assert integrity.ask("rate_report", {**asked, "stars": 5})["code"] == "report.rated_already"
    assert integrity.ask("ask_review", asked)["state"] == "review_asked"
    assert (
        integrity.ask("accept_report", {"report_id": report.id}, officer())["code"]
        == "report.reviews_own_conclusion"
    )
    assert (
        integrity.ask("accept_report", {"report_id": report.id}, officer("officer-2"))["state"] == "accepted"
    )
    assert integrity.ask("read_report", asked)["conclusions"][0]["text"] == "已查实并处理"


def test_a_review_asked_after_thirty_days_is_refused(integrity):
    report = integrity.accepted()
    integrity.ask(
        "conclude_report", {"report_id": report.id, "outcome": "unverifiable", "text": "无法查实"}, officer()
    )
    concluded = integrity.reports.get(report.id)
    concluded.conclusions[0]["at"] = datetime.now(UTC) - timedelta(days=31)
    integrity.reports.save(concluded, [], Call({}))
    assert integrity.ask("ask_review", {"receipt": report.receipt})["code"] == "report.review_too_late"


def test_a_code_of_any_edition_is_a_place_that_can_be_reported(integrity):
    code = "510183122212"
    for sequence, edition in ((2, "2019"), (1, "2020")):
        event = SimpleNamespace(
            subject=f"{edition}-{code}", sequence=sequence, data={"code": code, "edition": edition}
        )
        integrity.on_identity_region(event, None)
    assert integrity.places.documents.count_documents({"code": code}) == 2
    assert "receipt" in integrity.submit(region=code)
    assert integrity.submit(region="510183122299")["code"] == "report.place_unknown"
