"""Messages reach phones through real providers, once for each matter, at civil hours, whatever the providers do."""

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from deploy.local.simulators.sms_book import signed
from services.chassis.core.calls import Call
from services.chassis.core.circuit_breaker import OPENS_AFTER
from services.chassis.core.errors import Forbidden, NotFound, VersionConflict
from services.chassis.storage.database import connect
from services.civic.actor import ANONYMOUS
from services.civic.quiet_hours import QuietHours
from services.civic.settings import CivicSettings
from services.identity.notices.messages import usecases
from services.identity.notices.messages.delivery_attempt import SmsAttempt
from services.identity.notices.messages.rules import BELIEVED_FOR, LEASE, RECEIPT_PATIENCE
from tests.integration.identity.sms_scene import SECRET, WINDOW

DONE = "【乡治】您的申请已经办好，请登录查看结果。"


def test_a_decision_arrives_at_the_phone_in_plain_words_and_its_receipt_is_kept(sms):
    phone = sms.person("w")
    sms.tell("decided")
    sms.settle()
    assert sms.first.texts(phone) == []
    sms.later(seconds=WINDOW.total_seconds())
    sms.wait_for(lambda: sms.one.state == "delivered")
    assert sms.first.texts(phone) == [DONE] and sms.second.texts(phone) == []
    message = sms.one
    assert (message.template, message.template_version) == ("affairs.application.decided.applicant_id", 1)
    assert phone not in str(list(sms.messages.documents.find()))


def test_many_steps_of_one_matter_are_one_message_and_another_matter_is_another(sms):
    phone = sms.person("w")
    for sequence, verb in enumerate(("materials_missing", "accepted", "decided"), 1):
        sms.tell(verb, sequence=sequence)
        sms.pass_time(minutes=2)
    sms.tell("accepted", subject="a2")
    for sequence, verb in enumerate(("materials_missing", "accepted", "decided"), 1):
        sms.tell(verb, sequence=sequence)  # heard again
    sms.later(minutes=30)
    assert sorted(sms.first.texts(phone)) == sorted(
        [DONE, "【乡治】您的申请已经受理，请登录查看什么时候办好。"]
    )
    sms.tell("decided", sequence=3)
    sms.later(minutes=30)
    assert len(sms.all()) == 2


def test_two_listeners_that_hear_steps_of_a_matter_at_once_make_one_message(sms):
    sms.person("w")
    start = threading.Barrier(4)

    def hear(sequence):
        start.wait(5)
        sms.tell("decided", sequence=sequence)

    threads = [threading.Thread(target=hear, args=(1 + number // 2,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(sms.one.events) == [f"{sms.mark}-a1:1", f"{sms.mark}-a1:2"]


def test_at_night_nobody_is_woken_but_for_a_code_and_the_steps_of_the_night_are_one_message(sms):
    phone = sms.person("w")
    sms.parts.quiet = QuietHours.read("21:00-08:00")
    sms.stopped = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 22:30 in China
    sms.tell("accepted")
    sms.later(minutes=11)
    assert sms.one.state == "quiet" and sms.one.next_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    sms.send_code()
    sms.settle()
    assert [text[:8] for text in sms.first.texts(phone)] == ["【乡治】验证码 "]
    sms.tell("decided", sequence=2)
    sms.later(hours=9)
    assert sms.first.texts(phone)[1:] == []
    sms.later(hours=1)
    assert sms.first.texts(phone)[1:] == [DONE]


def test_where_the_first_provider_is_down_the_second_one_sends_at_once(sms):
    phone = sms.person("w")
    sms.first.behave(fail_first_n=100)
    sms.send_code()
    sms.settle()
    assert (sms.first.texts(phone), len(sms.second.texts(phone))) == ([], 1)
    sms.wait_for(lambda: sms.one.state == "delivered")
    assert sms.one.asked == ["first", "second"]


def test_where_both_are_down_the_message_is_tried_again_until_one_is_back(sms):
    phone = sms.person("w")
    for simulator in (sms.first, sms.second):
        simulator.behave(fail_first_n=3)
    sms.tell("decided", window=WINDOW * 0)
    for _ in range(8):
        sms.later(minutes=15)
    assert len(sms.first.texts(phone)) + len(sms.second.texts(phone)) == 1
    assert len(sms.one.asked) == 7


def test_a_provider_that_fails_again_and_again_is_left_alone_and_tried_with_one_message_later(sms):
    sms.first.behave(fail_first_n=1000)
    before = sms.first.told()["asked"]
    for number in range(OPENS_AFTER + 10):
        sms.person(f"w{number}")
        sms.tell("decided", subject=f"a{number}", person=f"w{number}", window=WINDOW * 0)
        sms.settle()
    assert sms.first.told()["asked"] - before == OPENS_AFTER
    breaker = sms.parts.breakers["first"]
    breaker._again_at = 0.0
    assert breaker.begin() and not breaker.begin()
    breaker.succeeded()
    assert breaker.begin() and breaker.begin()


def test_while_all_providers_rest_no_message_is_written_and_all_arrive_once_they_are_up_again(sms):
    sms.without_fallback()
    sms.first.behave(fail_first_n=1000)
    phones = [sms.person(f"w{number}") for number in range(OPENS_AFTER + 20)]
    for number in range(len(phones)):
        sms.tell("decided", subject=f"a{number}", person=f"w{number}", window=WINDOW * 0)
    sms.settle()
    before = {one.id: one.version for one in sms.all()}
    assert sum(bool(one.asked) for one in sms.all()) >= OPENS_AFTER
    for _ in range(20):
        sms.later(minutes=1)
    assert {one.id: one.version for one in sms.all()} == before
    sms.first.behave()
    sms.parts.breakers["first"]._again_at = 0.0
    sms.settle()
    assert [len(sms.first.texts(phone)) for phone in phones] == [1] * len(phones)


def test_of_all_that_wait_one_message_tries_a_provider_that_has_rested_and_the_others_are_not_written(sms):
    sms.without_fallback()
    sms.first.behave(fail_first_n=1000)
    for number in range(OPENS_AFTER + 20):
        sms.person(f"w{number}")
        sms.tell("decided", subject=f"a{number}", person=f"w{number}", window=WINDOW * 0)
    sms.settle()
    before = {one.id: one.version for one in sms.all()}
    for _ in range(3):
        sms.parts.breakers["first"]._again_at = 0.0
        sms.later(minutes=20)
    changed = [one for one in sms.all() if one.version != before[one.id]]
    assert 1 <= len(changed) <= 3


def test_a_slow_provider_that_took_the_message_all_the_same_does_not_send_it_twice(sms):
    phone = sms.person("w")
    sms.first.behave(slow_ms=5000, never=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    assert (sms.one.state, sms.one.last_error) == ("waiting", "timeout")
    sms.first.behave()
    sms.later(minutes=1)
    assert sms.one.state == "sent" and sms.one.asked == ["first", "first"]
    assert (len(sms.first.texts(phone)), sms.second.texts(phone)) == (1, [])


def test_a_code_that_could_not_be_sent_in_time_is_given_up(sms):
    sms.person("w")
    sms.without_fallback()
    sms.first.behave(fail_first_n=1000)
    sms.send_code()
    for _ in range(4):
        sms.later(minutes=2)
    assert (sms.one.state, sms.one.last_error, sms.one.next_at) == ("given_up", "expired", None)


def test_a_number_that_no_provider_takes_is_a_failed_message_and_no_provider_is_blamed(sms):
    sms.person("w")
    for simulator in (sms.first, sms.second):
        simulator.behave(refuse=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    assert (sms.one.state, sms.one.last_error) == ("failed", "refused")
    assert [one._failures for one in sms.parts.breakers.values()] == [0, 0]


def test_who_has_no_phone_here_gets_no_message(sms):
    sms.tell("decided", person="nobody", window=WINDOW * 0)
    sms.settle()
    assert (sms.one.state, sms.one.last_error) == ("given_up", "no_phone")


def test_a_provider_that_says_sent_and_sends_no_receipt_is_asked_and_the_other_one_sends(sms):
    phone = sms.person("w")
    sms.first.behave(never=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    for _ in range(11):
        sms.later(minutes=31)  # a phone may be off
    assert sms.one.state == "sent" and sms.second.texts(phone) == []
    sms.later(minutes=31)
    sms.wait_for(lambda: sms.one.state == "delivered")
    assert (sms.one.asked, sms.second.texts(phone)) == (["first", "second"], [DONE])


def test_without_a_second_provider_a_message_without_receipt_is_given_up_and_says_why(sms):
    sms.person("w")
    sms.without_fallback()
    sms.first.behave(never=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    sms.later(seconds=BELIEVED_FOR.total_seconds())
    assert (sms.one.state, sms.one.last_error) == ("given_up", "no_receipt")


def test_a_provider_that_lost_a_message_is_not_waited_for(sms):
    phone = sms.person("w")
    sms.tell("decided", window=WINDOW * 0)
    message = sms.one
    message.begin("first", sms.now())
    message.taken(sms.now())
    sms.messages.save(message, [], Call({}, ANONYMOUS))
    sms.later(seconds=RECEIPT_PATIENCE.total_seconds())
    assert sms.second.texts(phone) == [DONE]


def test_who_asks_for_a_message_rings_for_the_sender(sms):
    rung = []
    database = connect(CivicSettings.from_environment(), "nobody")
    database.wake_ups = SimpleNamespace(notify=lambda collection, what: rung.append(what))
    sms.messages.database = database
    sms.tell("decided")
    database.client.close()
    assert rung == ["messages"]


def test_a_receipt_that_got_lost_is_asked_for(sms):
    sms.person("w")
    sms.first.behave(wrong_signature=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    sms.wait_for(lambda: sms.receiver.outcomes)
    assert sms.receiver.outcomes == ["receipt.forged"] and sms.one.state == "sent"
    sms.later(minutes=31)
    assert sms.one.state == "delivered"


def test_a_provider_that_answers_for_another_message_is_not_believed(sms):
    sms.person("w")
    sms.first.behave(wrong_id=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    assert sms.one.asked == ["first", "second"] and sms.one.state in ("sent", "delivered")


def test_a_copied_receipt_is_refused_and_a_second_one_changes_nothing(sms):
    sms.person("w")
    sms.first.behave(replays=2, copies=2)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    sms.wait_for(lambda: len(sms.receiver.outcomes) == 4)
    assert sms.receiver.outcomes == ["delivered", "receipt.replayed", "receipt.replayed", "delivered"]
    assert sms.one.state == "delivered"


def test_a_phone_that_cannot_be_reached_is_a_failed_message(sms):
    sms.person("w")
    sms.first.behave(undeliverable=True)
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    sms.wait_for(lambda: sms.one.state == "failed")
    assert sms.one.last_error == "undeliverable"


def receipt_of(sms, provider: str, secret: bytes) -> dict:
    """A receipt for the only message, signed with a secret."""
    body = f'{{"message_id": "{sms.one.id}", "state": "delivered"}}'
    given = signed(secret, body.encode())
    headers = {name: given[f"X-Sms-{name.capitalize()}"] for name in ("timestamp", "nonce", "signature")}
    return {"provider": provider, "body": body, **headers}


def test_a_receipt_for_a_message_that_this_provider_was_never_given_is_refused(sms):
    sms.tell("decided")
    with pytest.raises(NotFound, match=r"receipt\.of_another"):
        sms.take(receipt_of(sms, "second", SECRET.encode()))


def test_where_no_provider_is_set_nobody_can_sign_a_receipt(sms):
    sms.tell("decided")
    sms.receipts._secrets.clear()
    with pytest.raises(Forbidden, match=r"receipt\.forged"):
        sms.take(receipt_of(sms, "first", b""))


def test_an_old_receipt_is_refused_however_well_it_is_signed(sms):
    sms.tell("decided")
    sent = receipt_of(sms, "first", SECRET.encode())
    with pytest.raises(Forbidden, match=r"receipt\.stale"):
        usecases.take_receipt(sms.messages, sms.receipts, Call(sent, now=sms.now() + timedelta(minutes=6)))


def test_a_receipt_that_is_faster_than_the_answer_is_not_undone_by_it(sms):
    sms.person("w")
    sms.first.behave(slow_ms=300)  # the receipt comes after 10 ms
    sms.tell("decided", window=WINDOW * 0)
    sms.settle()
    assert sms.one.state == "delivered" and sms.one.next_at is None


def test_a_killed_sender_loses_no_message_and_the_next_one_asks_the_same_provider(sms):
    phone = sms.person("w")
    sms.tell("decided", window=WINDOW * 0)
    message = sms.one
    message.begin("first", sms.now())
    sms.messages.save(message, [], Call({}, ANONYMOUS))
    sms.parts.providers["first"].send(message.id, phone, DONE)  # and then it was killed
    sms.settle()
    assert len(sms.first.texts(phone)) == 1
    sms.later(seconds=LEASE.total_seconds() + 1)
    assert sms.first.texts(phone) == [DONE] and sms.second.texts(phone) == []
    assert sms.one.state in ("sent", "delivered")


def test_two_senders_at_once_send_a_message_once(sms):
    phone = sms.person("w")
    sms.tell("decided", window=WINDOW * 0)
    id, start = sms.one.id, threading.Barrier(8)
    before = sms.first.told()["asked"]

    def work():
        start.wait(5)
        SmsAttempt(sms.parts, id).take()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sms.first.told()["asked"] - before == 1 and sms.first.texts(phone) == [DONE]


def test_an_event_that_is_told_days_late_wakes_nobody(sms):
    phone = sms.person("w")
    sms.tell("decided")
    sms.later(days=3)
    assert sms.one.state == "given_up" and sms.first.texts(phone) == []


def test_a_message_that_was_taken_in_hand_is_not_joined_by_a_further_step(sms):
    sms.person("w")
    sms.tell("accepted", window=WINDOW * 0)
    waiting = sms.messages.waiting_in(f"w|{sms.mark}-a1")
    sms.settle()
    waiting.join("e2", "affairs.application.decided.applicant_id", 1)
    with pytest.raises(VersionConflict):
        sms.messages.save(waiting, [], Call({}, ANONYMOUS))
    sms.tell("decided", sequence=2, window=WINDOW * 0)
    assert len(sms.all()) == 2


def test_a_message_that_waits_is_not_sent_when_its_consent_is_withdrawn(sms):
    phone, consents = sms.person("w"), []
    sms.parts.may_send = lambda message: message.person in consents
    sms.tell("decided")
    sms.later(seconds=WINDOW.total_seconds())
    assert sms.first.texts(phone) == [] and (sms.one.state, sms.one.last_error) == (
        "given_up",
        "consent_withdrawn",
    )
    consents.append("w")
    sms.tell("decided", subject="a2")
    sms.later(seconds=WINDOW.total_seconds())
    assert len(sms.first.texts(phone)) == 1
