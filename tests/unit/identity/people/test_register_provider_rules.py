"""What is asked of another office's register, and which of its answers are believed."""

import http.client
import time
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from deploy.local.simulators import register_book
from services.chassis.core.circuit_breaker import OPENS_AFTER
from services.chassis.http.signing import FRESH_SECONDS, sign
from services.identity.people.matches.contract import ADVICE, DELAYED, advice_of
from services.identity.people.matches.model import PATIENCE, PAUSES, TRIES, Match, NoAnswer
from services.identity.people.matches.provider import LARGEST_ANSWER, RegisterProvider

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SECRET = "a secret of both"
PERSON = "f" * 64


class Office(RegisterProvider):
    """A client whose answers the test writes: `says(nonce)` gives status, time stamp, signature and body."""

    def __init__(self, says):
        super().__init__("http://office.example:81/register/", SECRET)
        self.says, self.sent = says, []

    def _exchange(self, body, headers):
        self.sent.append((body, headers))
        status, timestamp, signature, said = self.says(headers["X-Register-Nonce"])
        told = http.client.HTTPMessage()
        told["X-Register-Timestamp"], told["X-Register-Signature"] = timestamp, signature
        return status, told, said


def answer(found=True, person=PERSON, age=0, secret=SECRET, what="answer", status=200, body=None):
    """Give what an office says that is right but for what is named."""

    def says(nonce):
        timestamp = str(int(time.time()) - age)
        said = orjson.dumps({"person": person, "found": found}) if body is None else body
        return status, timestamp, sign(secret.encode(), said, what, timestamp, nonce), said

    return says


def why_not(office) -> str:
    with pytest.raises(NoAnswer) as silence:
        office.knows(PERSON)
    return silence.value.kind


@pytest.mark.parametrize("found", [True, False])
def test_a_signed_answer_to_this_question_is_believed(found):
    assert Office(answer(found)).knows(PERSON) is found


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"secret": "another"}, "forged"),
        ({"what": "request"}, "forged"),
        ({"person": "e" * 64}, "another_question"),
        ({"age": FRESH_SECONDS + 60}, "stale"),
        ({"age": -FRESH_SECONDS - 60}, "stale"),
        ({"found": "true"}, "malformed"),
        ({"found": None}, "malformed"),
        ({"body": b"[]"}, "malformed"),
        ({"body": b"<html>"}, "malformed"),
        ({"body": b" " * (LARGEST_ANSWER + 1)}, "malformed"),
        ({"status": 204}, "status_204"),
        ({"status": 302}, "status_302"),
        ({"status": 404}, "status_404"),
    ],
)
def test_no_other_answer_is_believed(wrong, why):
    assert why_not(Office(answer(**wrong))) == why


def test_an_answer_to_an_earlier_question_is_none_to_this_one():
    first = Office(answer())
    first.knows(PERSON)
    nonce = first.sent[0][1]["X-Register-Nonce"]
    assert why_not(Office(lambda _: answer()(nonce))) == "forged"


@pytest.mark.parametrize("timestamp", ["", "²", "1e9", "-5", "9" * 5000, "nan"])
def test_a_time_stamp_that_is_no_number_of_seconds_is_stale_and_breaks_nothing(timestamp):
    body = orjson.dumps({"person": PERSON, "found": True})
    signed = Office(
        lambda nonce: (200, timestamp, sign(SECRET.encode(), body, "answer", timestamp, nonce), body)
    )
    assert why_not(signed) == "stale"


@pytest.mark.parametrize("signature", ["", "é", "0" * 64])
def test_a_signature_that_is_none_breaks_nothing(signature):
    body = orjson.dumps({"person": PERSON, "found": True})
    assert why_not(Office(lambda _: (200, str(int(time.time())), signature, body))) == "forged"


def test_every_question_is_signed_anew_and_holds_a_fingerprint_only():
    office = Office(answer())
    office.knows(PERSON)
    office.knows(PERSON)
    (body, first), (_, second) = office.sent
    assert orjson.loads(body) == {"person": PERSON}
    assert first["X-Register-Nonce"] != second["X-Register-Nonce"]
    for headers in (first, second):
        stamp, nonce = headers["X-Register-Timestamp"], headers["X-Register-Nonce"]
        assert headers["X-Register-Signature"] == register_book.sign(
            SECRET.encode(), "request", stamp, nonce, body
        )


@pytest.mark.parametrize("name", ["王秀英", "王 秀英", "买买提·吐尔逊", "买买提．吐尔逊", "Ａda", "ada"])
def test_both_offices_make_the_same_fingerprint_however_a_name_is_written(name):
    office = Office(answer())
    made = office.fingerprint("510183194801010015", name)
    assert made == register_book.fingerprint(SECRET.encode(), "510183194801010015", name)
    assert made != office.fingerprint("510183194801010023", name)
    assert made != RegisterProvider("http://a", "another").fingerprint("510183194801010015", name)


def test_silences_and_lies_open_the_breaker_alike_and_an_answer_closes_it():
    office = Office(answer(secret="another"))
    for _ in range(OPENS_AFTER - 1):
        why_not(office)
    office.says = answer(False)
    office.knows(PERSON)
    office.says = answer(secret="another")
    assert [why_not(office) for _ in range(OPENS_AFTER + 2)] == ["forged"] * OPENS_AFTER + ["resting"] * 2
    assert len(office.sent) == 2 * OPENS_AFTER


def test_without_an_address_nobody_is_asked():
    assert not RegisterProvider("", "").is_on
    with pytest.raises(NoAnswer):
        RegisterProvider("", "").knows(PERSON)


def test_a_question_is_asked_again_later_and_later_and_after_a_day_nothing_comes_of_it():
    match, now = Match("r1", "510183", "r1", NOW), NOW
    match.ask("r1", "510183", "2019", NOW)
    match.wait(PERSON, "subject", NOW)
    pauses = []
    while match.state == "waiting":
        match.begin(now)
        match.no_answer(now)
        if match.next_at:
            pauses.append(match.next_at - now)
            now = match.next_at
    assert pauses[: len(PAUSES)] == list(PAUSES) and set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    assert PATIENCE <= now - NOW < PATIENCE + PAUSES[-1]
    assert (match.state, match.settled_at, match.question) == ("unavailable", now, None)


def test_she_is_told_that_the_office_is_silent_once_it_is():
    match = Match("r1", "510183", "r1", NOW)
    match.ask("r1", "510183", "2019", NOW)
    match.wait(PERSON, "subject", NOW)
    assert advice_of(match) == ADVICE["waiting"]
    match.no_answer(NOW)
    assert advice_of(match) == DELAYED


def test_a_question_under_way_is_met_by_whoever_asks_but_not_under_another_name():
    match = Match("r1", "510183", "r1", NOW)
    assert not match.is_under_way("subject")
    for hour in range(TRIES):
        match.ask("r1", "510183", "2019", NOW + timedelta(hours=hour))
        assert not match.is_under_way("subject")
        match.wait(PERSON, "subject", NOW)
        assert match.is_under_way("subject") and not match.is_under_way("corrected")
        match.give_up(NOW)
        assert not match.is_under_way("subject")
