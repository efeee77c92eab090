"""An official comes into office by a link that works once, while whoever sent it could still appoint."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.scope import scope_filter
from services.civic.actor import CivicActor
from services.civic.quiet_hours import QuietHours
from services.identity.notices.messages.texting import Texting
from services.identity.officials.invitations import usecases
from services.identity.officials.invitations.message_links import MessageLinks
from tests.integration.identity.invitation_scene import OWN, Scene, secret_of
from tests.integration.identity.official_scene import COUNTY, TOWN, VILLAGE
from tests.integration.identity.sms_scene import WINDOW

OTHER_TOWN = "510183104"
NOT_VALID = "invitation.not_valid"


@pytest.fixture
def scene(database):
    return Scene(database)


def names(events) -> list[str]:
    return [one.name.removeprefix("identity.invitation.") for one in events]


def test_the_invited_chooses_login_and_password_and_is_in_office(scene):
    given = scene.invite()
    assert scene.look(given).masked_name == "新*事"
    taken = scene.accept(given)
    assert scene.sign_in(OWN, "new.clerk")["next_step"] is None
    official = scene.officials.get(taken.official_id)
    assert (official.role, official.region, official.name) == ("clerk", TOWN, "新同事")
    assert official.appointed_by == scene.chief.id and official.edition == "2019"
    assert names(scene.told_of(given)) == ["sent", "accepted"]
    assert scene.told(official)[0] == "appointed.v1"


def test_where_the_role_needs_a_second_factor_it_comes_before_the_first_work(scene):
    scene.accept(scene.invite(role="data_officer", region=COUNTY))
    given = scene.sign_in(OWN, "new.clerk")
    assert (given["kind"], given["next_step"]) == ("entrant", "enrol_second_factor")


def test_a_link_works_once(scene):
    given = scene.invite()
    scene.accept(given)
    assert scene.accept(given, "another") == scene.look(given) == NOT_VALID


@pytest.mark.parametrize("time_over", range(5))
def test_of_two_who_use_one_link_at_once_one_is_in_office(scene, time_over):
    given = scene.invite()
    before = scene.officials.documents.count_documents({})
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: scene.accept(given, f"new.{n}"), range(4)))
    assert found.count(NOT_VALID) == 3
    assert scene.officials.documents.count_documents({}) == before + 1
    assert names(scene.told_of(given)) == ["sent", "accepted"]


def test_an_acceptance_that_is_sent_again_gives_the_same_answer(scene):
    given = scene.invite()
    taken = scene.accept(given, key="k" * 22)
    assert scene.accept(given, key="k" * 22).official_id == taken.official_id
    assert scene.accept(given, "another", key="k" * 22) == "request.key_used_otherwise"


def test_a_taken_login_or_a_bad_password_is_told_and_the_link_stays_good(scene):
    given = scene.invite()
    scene.appoint("taken")
    assert scene.accept(given, "taken") == "official.login_taken"
    assert scene.accept(given, password="password1234") == "session.password_too_common"
    assert scene.accept(given, password="new.clerk123") == "session.password_follows_from_login"
    assert scene.accept(given).role == "clerk"


def test_neither_secret_nor_name_nor_phone_is_in_the_database(scene):
    given = scene.invite(phone="13912345678")
    database = scene.invitations.database
    raw = str([list(database[name].find()) for name in database.list_collection_names()])
    assert given["id"] in raw
    assert not [one for one in (secret_of(given), "新同事", "13912345678") if one in raw]


def test_another_link_kills_the_one_before_and_is_good_for_three_days_again(scene):
    first = scene.invite()
    scene.wait(hours=71)
    second = scene.send_anew(first)
    assert second["link"] != first["link"] and scene.look(first) == NOT_VALID
    scene.wait(hours=71)
    assert scene.look(second).role == "clerk"
    scene.wait(hours=1)
    assert scene.accept(second) == NOT_VALID
    assert scene.accept(scene.send_anew(second)).role == "clerk"


def test_a_revoked_link_is_good_for_nothing_and_nothing_revives_it(scene):
    given = scene.invite()
    assert scene.revoke(given).state == "revoked"
    assert scene.accept(given) == NOT_VALID
    assert scene.revoke(given) == scene.send_anew(given) == "invitation.over"
    assert names(scene.told_of(given)) == ["sent", "revoked"]


def test_a_repeated_request_shows_the_same_link_and_invites_once(scene):
    first, again = (scene.invite(key="k" * 22) for _ in range(2))
    assert first["link"] == again["link"] and scene.seen_by(scene.chief) == [first["id"]]
    colleague = scene.administrator()
    second = scene.send_anew(first, colleague, key="l" * 22)
    assert scene.send_anew(first, colleague, key="l" * 22)["link"] == second["link"]
    assert scene.invite(key="k" * 22)["link"] is None, "the newest link is the colleague's"


@pytest.mark.parametrize(
    ("role", "region"), [("clerk", OTHER_TOWN), ("town_administrator", TOWN), ("clerk", COUNTY)]
)
def test_nobody_invites_outside_the_own_region_or_above_the_own_level(scene, role, region):
    town = scene.administrator("town_administrator", TOWN)
    assert scene.invite(town, role=role, region=region) == "official.grant_not_allowed"
    assert scene.invite(town, role="village_administrator", region=VILLAGE)["state"] == "open"


def test_a_token_of_yesterdays_role_invites_nobody(scene):
    clerk = scene.appoint("was-chief", "clerk", TOWN)
    old = CivicActor(clerk.id, "official", (Role("county_administrator", COUNTY),))
    assert scene.invite(old) == "official.grant_not_allowed"
    assert scene.invite(role="clerk", region=VILLAGE) == "official.role_does_not_fit_region"


def test_a_link_dies_with_the_right_of_whoever_sent_it_and_another_one_can_send_it_anew(scene):
    town = scene.administrator("town_administrator", TOWN)
    given = scene.invite(town)
    scene.dismiss(town)
    assert scene.look(given) == scene.accept(given) == NOT_VALID
    assert scene.accept(scene.send_anew(given)).role == "clerk"


def test_a_link_does_not_lead_into_a_division_that_has_become_another_one(scene):
    given = scene.invite()
    scene.divisions.edition = "2020"
    assert scene.accept(given) == NOT_VALID


def test_out_of_the_region_an_invitation_does_not_exist(scene):
    given = scene.invite(role="town_administrator")
    here, elsewhere = (scene.administrator("town_administrator", one) for one in (TOWN, OTHER_TOWN))
    scope = scope_filter(elsewhere, "town_administrator")
    for work in (scene.send_anew, scene.revoke):
        assert work(given, elsewhere, scope) == "invitation.not_found"
        assert work(given, here) == "official.grant_not_allowed"
    assert scene.seen_by(here) == scene.seen_by(scene.chief) == [given["id"]]
    assert scene.seen_by(elsewhere) == scene.seen_by(here, "accepted") == []


def test_an_invitation_to_which_nobody_comes_is_forgotten(scene):
    given, fresh = scene.invite(phone="13912345678"), scene.invite()
    scene.wait(days=32)
    scene.send_anew(fresh)
    scene.wait(days=2)
    assert usecases.lapse(scene.invitations, scene.call()) == 1
    over = scene.invitations.get(given["id"])
    assert (over.state, over.name, over.phone) == ("lapsed", "", "")
    assert scene.send_anew(given) == "invitation.over"
    assert names(scene.told_of(given)) == ["sent", "lapsed"]


def test_the_link_goes_to_the_phone_once_and_never_an_old_one(scene, sms):
    texting = Texting(sms.messages, True, WINDOW)
    sms.parts.invited = MessageLinks(scene.invitations, scene.links)
    phone = sms.person("somebody")
    first = scene.invite(phone=phone)
    (sent,) = scene.told_of(first)
    scene.hear(sent, texting)
    second = scene.send_anew(first)
    for event in (sent, scene.told_of(first)[1], scene.told_of(first)[1]):
        scene.hear(event, texting)
    sms.later(seconds=1)
    (text,) = sms.first.texts(phone)
    assert second["link"] in text
    # whether the other one's receipt has come back yet is the provider's affair
    assert [one.state for one in sms.all()].count("given_up") == 1


def test_nobody_is_woken_by_an_invitation_and_without_a_phone_there_is_no_message(scene, sms):
    texting = Texting(sms.messages, True, WINDOW)
    sms.parts.invited, sms.parts.quiet = (
        MessageLinks(scene.invitations, scene.links),
        QuietHours.read("00:00-23:59"),
    )
    for phone in ("", sms.person("somebody")):
        scene.hear(scene.told_of(scene.invite(phone=phone))[0], texting)
    sms.later(seconds=1)
    assert sms.one.state == "quiet"
