"""Another office's register: down, slow, lying and replaying; nobody is raised by it, and nobody waits in vain."""

import ssl
import threading
from http.server import ThreadingHTTPServer

import pytest

from deploy.local.simulators.register import Handler
from deploy.local.simulators.register_book import Book
from services.chassis.core.calls import Call
from services.chassis.core.circuit_breaker import OPENS_AFTER, RESTS_SECONDS, CircuitBreaker
from services.chassis.http import exchange
from services.identity.notices.notifications.sentences import MATCHES
from services.identity.people.matches import provider as client
from services.identity.people.matches.contract import ADVICE, DELAYED
from services.identity.people.matches.model import PAUSES, TRIES, NoAnswer
from tests.integration.identity.people.test_matches import refused
from tests.integration.identity.register_provider import SECRET, failures, found, known_as, stored
from tests.integration.identity.register_scene import HEADER, VILLAGER, line

LIES = ("wrong_signature", "altered", "another", "stale")


@pytest.fixture
def impatient(monkeypatch):
    """A client that waits for a moment only."""
    monkeypatch.setattr(client, "READ_SECONDS", 0.4)
    monkeypatch.setattr(client, "WHOLE_SECONDS", 0.8)


def test_whom_the_countys_own_register_confirms_no_other_office_hears_of(county, office):
    county.bring(HEADER + line(1))
    assert county.match(county.resident(1), 1)["state"] == "matched"
    assert county.sweep() == 0 and office.asked == []


def test_whom_the_own_register_does_not_confirm_the_other_office_is_asked_about_and_its_yes_raises_to_two(
    county, office
):
    county.bring(HEADER + line(1, "王秀") + line(3))
    office.enter(1, 2)
    under_an_old_name, not_there = county.resident(1, "王 秀英"), county.resident(2)
    for serial, who in ((1, under_an_old_name), (2, not_there)):
        asked = county.match(who, serial)
        assert (asked["state"], asked["advice"]) == ("waiting", ADVICE["waiting"])
        assert office.asked == [] or serial == 2
        assert county.sweep() == 1
        assert (found(county, who)["state"], county.level(who)) == ("matched", 2)
        entry = county.database.residents.find_one({"_id": who.id})
        assert [one["type"] for one in entry["outbox"]] == ["xiangzhi.identity.resident.matched.v1"]
        assert entry["matched"]["source"] == "provider"
        assert county.inbox(who) == [], "the event tells it"
    assert office.asked == [known_as(1), known_as(2)]


def test_a_county_without_a_register_of_its_own_asks_the_other_office(county, office):
    office.enter(1)
    her = county.resident(1)
    county.match(her, 1, by=VILLAGER)
    county.sweep()
    assert county.level(her) == 2


def test_who_is_not_there_is_told_so_without_a_word_why(county, office, caplog):
    office.enter(2, name="李建国")
    not_there, named_otherwise = county.resident(1), county.resident(2)
    told = []
    for serial, who in ((1, not_there), (2, named_otherwise)):
        county.match(who, serial)
        county.sweep()
        told.append((found(county, who)["state"], found(county, who)["advice"], county.inbox(who)))
    assert told[0] == told[1] == ("unmatched", ADVICE["unmatched"], [MATCHES["unmatched"]])
    noted = [one for one in caplog.records if one.name == "services.identity.people.matches"]
    assert [(one.resident_id, one.by, one.tries) for one in noted] == [("r1", "r1", 1), ("r2", "r2", 1)]


def test_another_persons_number_is_nothing_that_the_other_office_is_asked_about(county, office):
    office.enter(1, 2)
    her = county.resident(1)
    assert county.match(her, 2)["state"] == "unmatched"
    assert county.sweep() == 0 and office.asked == []


def test_trying_out_is_limited_with_another_office_as_well(county, office):
    her = county.resident(1)
    for _ in range(TRIES):
        county.match(her, 1)
        county.sweep()
    assert refused(county.match, her, 1).code == "match.asked_too_often"
    assert len(office.asked) == TRIES


def test_while_the_office_is_down_the_question_waits_she_is_told_once_and_the_clock_asks_again(
    county, office, caplog
):
    office.enter(1)
    office.behave(fail_first_n=2)
    her = county.resident(1)
    county.match(her, 1)
    assert county.sweep() == 1 and county.sweep() == 0
    waiting = found(county, her)
    assert (waiting["state"], waiting["advice"], county.level(her)) == ("waiting", DELAYED, 1)
    assert county.sweep(minutes=1) == 1 and county.sweep(minutes=1) == 0
    assert county.inbox(her) == [MATCHES["waiting"]]
    assert county.sweep(minutes=4) == 1
    assert (found(county, her)["state"], county.level(her)) == ("matched", 2)
    assert failures(caplog) == ["status_503", "status_503"]


def test_an_office_that_is_switched_off_is_asked_again(county, office, caplog):
    her, there = county.resident(1), county.service.register_provider
    office.enter(1)
    county.service.register_provider = client.RegisterProvider("http://127.0.0.1:9", SECRET)
    county.match(her, 1)
    county.sweep()
    assert failures(caplog) == ["connection"] and found(county, her)["advice"] == DELAYED
    county.service.register_provider = there
    county.sweep(minutes=1)
    assert county.level(her) == 2


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [({"slow_ms": 2000}, "timeout"), ({"drip_ms": 50}, "timeout"), ({"hang_up": True}, "connection")],
)
def test_an_office_that_is_slow_drips_or_hangs_up_is_left_and_asked_again(
    county, office, impatient, caplog, behaviour, why
):
    office.enter(1)
    office.behave(**behaviour)
    her = county.resident(1)
    county.match(her, 1)
    county.sweep()
    assert (found(county, her)["state"], failures(caplog)) == ("waiting", [why])
    office.behave()
    county.sweep(minutes=1)
    assert county.level(her) == 2


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_not_believed_and_the_truth_is_when_it_comes(county, office, caplog, lie):
    office.enter(1)
    office.behave(**{lie: True})
    her = county.resident(1)
    county.match(her, 1)
    county.sweep()
    assert (found(county, her)["state"], county.level(her)) == ("waiting", 1)
    why = {"another": "another_question", "stale": "stale"}.get(lie, "forged")
    assert failures(caplog) == [why]
    office.behave()
    county.sweep(minutes=1)
    assert county.level(her) == 2


def test_a_copy_of_an_earlier_yes_raises_nobody_not_even_the_one_it_was_about(county, office, caplog):
    office.enter(1)
    first, second = county.resident(1), county.resident(2)
    county.match(first, 1)
    county.sweep()
    assert county.level(first) == 2
    office.behave(replay=True)
    one = county.service.residents.get(first.id)
    one.forget_match()
    county.service.residents.save(one, [], Call({}))
    for serial, who in ((1, first), (2, second)):
        county.match(who, serial)
        county.sweep()
        assert (found(county, who)["state"], county.level(who)) == ("waiting", 1)
    assert failures(caplog) == ["forged", "forged"]


def test_an_office_that_fails_again_and_again_is_left_alone_and_the_first_success_lets_all_others_follow(
    county, office, caplog
):
    seconds = [0.0]
    county.service.register_provider = office.client(CircuitBreaker(lambda: seconds[0]))
    people = [county.resident(serial) for serial in range(1, OPENS_AFTER + 4)]
    office.enter(*range(1, OPENS_AFTER + 4))
    office.behave(fail_first_n=OPENS_AFTER)
    for serial, who in enumerate(people, 1):
        county.match(who, serial)
    assert county.sweep() == len(people)
    assert len(office.asked) == OPENS_AFTER, "the others were not asked about"
    assert failures(caplog) == ["status_503"] * OPENS_AFTER + ["resting"] * 3
    assert all(county.inbox(who) == [MATCHES["waiting"]] for who in people)
    seconds[0] += RESTS_SECONDS
    assert county.sweep(minutes=1) == len(people)
    assert [county.level(who) for who in people] == [2] * len(people)


def test_an_office_that_is_still_down_after_its_rest_is_asked_once_for_all(county, office):
    seconds = [0.0]
    county.service.register_provider = office.client(CircuitBreaker(lambda: seconds[0]))
    office.behave(fail_first_n=100)
    for serial in range(1, OPENS_AFTER + 1):
        county.match(county.resident(serial), serial)
    county.sweep()
    seconds[0] += RESTS_SECONDS
    county.sweep(minutes=1)
    assert len(office.asked) == OPENS_AFTER + 1


def test_after_a_day_in_vain_she_is_told_the_question_is_forgotten_and_she_may_ask_again(county, office):
    office.enter(1)
    office.behave(fail_first_n=100)
    her = county.resident(1)
    county.match(her, 1)
    county.sweep()
    for pause in PAUSES:
        county.sweep(minutes=pause.total_seconds() / 60)
    assert found(county, her)["state"] == "waiting"
    county.sweep(days=1)
    ended = found(county, her)
    assert (ended["state"], ended["advice"]) == ("unavailable", ADVICE["unavailable"])
    assert county.inbox(her) == [MATCHES["waiting"], MATCHES["unavailable"]]
    assert stored(county, her).question is None
    assert county.sweep(days=1) == 0
    office.behave()
    county.service.register_provider = office.client()
    county.match(her, 1)
    county.sweep()
    assert county.level(her) == 2


@pytest.fixture
def secured(authority, monkeypatch):
    """The address of an office on TLS, whatever its name is."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(authority)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket, server.book = serving.wrap_socket(server.socket, server_side=True), Book(SECRET.encode())
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    connect = exchange.socket.create_connection
    monkeypatch.setattr(
        exchange.socket,
        "create_connection",
        lambda at, *more, **named: connect(("127.0.0.1", at[1]), *more, **named),
    )
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("host", "trusted", "answers"),
    [("dept.example", True, True), ("other.example", True, False), ("dept.example", False, False)],
)
def test_only_the_office_that_its_certificate_names_is_asked(
    authority, secured, monkeypatch, host, trusted, answers
):
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    office = client.RegisterProvider(f"https://{host}:{secured}", SECRET)
    if answers:
        assert office.knows(known_as(1)) is False
    else:
        with pytest.raises(NoAnswer, match="connection"):
            office.knows(known_as(1))
