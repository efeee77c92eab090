"""A session is over for whoever asks from the moment at which what ended it is committed: nobody has to hear of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.civic.actor import SYSTEM
from services.identity.access.account import Guest
from services.identity.access.sessions import contract, usecases, views
from services.identity.access.sessions.model import start, visit
from services.identity.people.residents.model import Resident
from tests.integration.identity.absence_scene import TOWN, VILLAGE
from tests.integration.identity.absence_scene import Scene as AbsenceScene
from tests.integration.identity.official_scene import Scene

OTHER = "another password"


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def leave(database):
    return AbsenceScene(database)


def asks(scene, actor):
    """Give what the session lets its person do; None where it is over."""
    return next(iter(all_asked(scene, actor)), None)


def all_asked(scene, *actors) -> list[dict]:
    sessions = [{"session_id": one.session, "kind": one.kind} for one in actors]
    asked = contract.IntrospectSessions().load({"sessions": sessions})
    return views.introspect(scene.people, scene.call(asked, SYSTEM))["items"]


def roles(found) -> list[tuple]:
    return [tuple(role) for role in found["roles"]]


def dismissed(scene, official, given):
    official = scene.officials.get(official.id)
    scene.officials.save(official, official.dismiss("somebody"), scene.call())


def with_another_password(scene, official, given):
    elsewhere = scene.sign_in(login=official.login)
    assert "access_token" in scene.change_password(elsewhere, OTHER)


def with_a_second_factor(scene, official, given):
    elsewhere = scene.sign_in(login=official.login)
    scene.enrol(elsewhere)


def signed_out(scene, official, given):
    usecases.sign_out(scene.sessions, scene.call(actor=scene.actor_of(given)))


def ended_from_another_device(scene, official, given):
    elsewhere = scene.actor_of(scene.sign_in(login=official.login))
    asked = {"session_id": scene.actor_of(given).session}
    usecases.end_one(scene.sessions, scene.call(asked, elsewhere))


def expired(scene, official, given):
    scene.wait(days=30)


@pytest.mark.parametrize(
    "happens",
    [
        dismissed,
        with_another_password,
        with_a_second_factor,
        signed_out,
        ended_from_another_device,
        expired,
    ],
)
def test_a_session_is_over_with_the_write_that_ends_it(scene, happens):
    official = scene.appoint()
    given = scene.sign_in(login=official.login)
    assert roles(asks(scene, scene.actor_of(given))) == [("clerk", TOWN)]
    happens(scene, official, given)
    assert asks(scene, scene.actor_of(given)) is None


def test_a_second_factor_that_is_taken_away_ends_what_it_opened(scene):
    official = scene.appoint()
    _, given = scene.enrol(scene.sign_in(login=official.login))
    assert "roles" in asks(scene, scene.actor_of(given))
    official = scene.officials.get(official.id)
    scene.officials.save(official, official.reset_factor("somebody"), scene.call())
    assert asks(scene, scene.actor_of(given)) is None


def test_the_session_that_changed_the_password_goes_on(scene):
    official = scene.appoint()
    given = scene.change_password(scene.sign_in(login=official.login), OTHER)
    assert roles(asks(scene, scene.actor_of(given))) == [("clerk", TOWN)]


def test_a_session_that_is_not_there_is_over(scene):
    official = scene.appoint()
    actor = scene.actor_of(scene.sign_in(login=official.login))
    assert asks(scene, replace(actor, session="none")) is None


def test_who_must_do_something_first_holds_no_role_and_holds_it_once_that_is_done(scene):
    official = scene.appoint(first=True)
    actor = scene.actor_of(scene.sign_in(login=official.login))
    found = asks(scene, actor)
    assert (actor.kind, found["kind"], found["roles"]) == ("entrant", "entrant", [])
    assert found["next_step"] == "choose_password"
    given = scene.change_password(scene.sign_in(login=official.login), OTHER)
    assert asks(scene, replace(scene.actor_of(given), kind="entrant"))["kind"] == "official"


def test_a_post_that_rests_has_no_power_and_one_that_was_placed_has_it_there_alone(scene):
    official = scene.appoint()
    actor = scene.actor_of(scene.sign_in(login=official.login))
    scene.officials.documents.update_one({"_id": official.id}, {"$set": {"resting": True}})
    assert asks(scene, actor)["roles"] == []
    found = scene.officials.get(official.id)
    scene.officials.save(found, found.place("510183104", "2023"), scene.call())
    assert roles(asks(scene, actor)) == [("clerk", "510183104")]


def test_a_stand_in_holds_the_role_and_the_absent_one_is_away_until_the_leave_is_ended(leave):
    here, there = (leave.actor_of(leave.sign_in(login=one)) for one in ("li", "zhang"))
    absence = leave.absence()
    assert asks(leave, here)["away"] and not asks(leave, there)["away"]
    assert roles(asks(leave, there)) == [
        ("town_administrator", TOWN),
        ("village_administrator", VILLAGE, leave.li.id),
    ]
    leave.end(absence, leave.li)
    assert not asks(leave, here)["away"]
    assert roles(asks(leave, there)) == [("town_administrator", TOWN)]


def test_a_stand_in_holds_nothing_of_who_was_dismissed_meanwhile(leave):
    there = leave.actor_of(leave.sign_in(login="zhang"))
    leave.absence()
    found = leave.officials.get(leave.li.id)
    leave.officials.save(found, found.dismiss("somebody"), leave.call())
    assert roles(asks(leave, there)) == [("town_administrator", TOWN)]


def test_what_is_introspected_is_what_a_new_token_would_say(leave):
    there = leave.actor_of(leave.sign_in(login="zhang"))
    leave.absence()
    ((_, person),) = leave.people.of_sessions({(there.session, "official")}, leave.now)
    assert person == leave.people.find(there.id)


def test_a_resident_acts_at_the_level_that_is_committed_and_not_after_the_end(scene):
    wang = Resident(
        id="r", region=VILLAGE, name="王秀英", id_number_hash="h", masked_id_number="5101**********0022",
        phone="13800000109", password_hash="x", registered_at=scene.now, state="certified",
    )  # fmt: skip
    scene.people.residents.add(wang, [], scene.call())
    person = scene.people.find("r")
    scene.sessions.add(start("s-r", person, scene.now), [], scene.call())
    given = {"refresh_token": "s-r.1.x", "person_id": "r", "kind": "resident"}
    actor = replace(scene.actor_of(given), assurance=3)
    assert asks(scene, actor)["assurance"] == person.assurance < 3
    wang.state = "deceased"
    scene.people.residents.save(wang, [], scene.call())
    assert asks(scene, actor) is None


def test_a_visit_is_what_its_token_says_until_it_is_over(scene):
    guest = Guest("v", VILLAGE, "2023", named=True)
    scene.sessions.add(visit("s-v", guest, scene.now), [], scene.call())
    actor = replace(
        scene.actor_of({"refresh_token": "s-v.1.x", "person_id": "v", "kind": "visitor"}),
        roles=(Role("named_visitor", VILLAGE),),
    )
    found = asks(scene, actor)
    assert (found["kind"], found["roles"]) == ("visitor", None)
    scene.wait(minutes=15)
    assert asks(scene, actor) is None


def test_it_costs_one_command_whoever_asks(leave, monkeypatch):
    there = leave.actor_of(leave.sign_in(login="zhang"))
    leave.absence()
    asked, sessions = [], leave.people.sessions.documents
    ask = sessions.aggregate
    monkeypatch.setattr(
        leave.people.sessions,
        "documents",
        SimpleNamespace(aggregate=lambda stages: asked.append(stages) or ask(stages)),
    )
    for store in (leave.people.officials, leave.people.absences, leave.people.residents):
        monkeypatch.setattr(store, "documents", None)
    assert len(roles(asks(leave, there))) == 2
    assert len(asked) == 1
