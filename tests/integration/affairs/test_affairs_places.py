"""Applications and applicants follow their divisions into another edition, also where a code is given on to another village."""

import pytest

from services.affairs.civic.listeners import AffairsCivic
from services.affairs.matters.applications.rpc import ApplicationEndpoints
from services.affairs.service import Service
from services.civic.editions import code_crosswalk
from tests.integration.affairs.test_affairs_applying import act  # noqa: F401  the steps of an application
from tests.integration.edition_switch_events import ADOPTION, Adopting

VILLAGE, HEIR, COMES = "510183103204", "510183103219", "510183103208"


class Heard(AffairsCivic, ApplicationEndpoints):
    """The listeners as the host calls them."""

    def __init__(self, affairs):
        database = affairs.people.documents.database
        self.people, self.moves, self.applications = affairs.people, affairs.moves, affairs.applications
        self.followed, self.following = Service.followed.make(database), Service.following.make(database)
        self.moves.create_indexes()
        self.adopting = Adopting(self)
        self.hear = self.adopting.tell

    def moved(self, sequence, code, *new):
        self.adopting.move(code, *new, sequence=sequence)


@pytest.fixture
def heard(affairs):
    return Heard(affairs)


def where(affairs):
    found = affairs.applications.documents.find()
    return {one["matter_id"]: (one["region"], one["edition"], one["regions"][-1]) for one in found}


def test_open_and_closed_applications_follow_and_say_where_they_were(affairs, heard, act, monkeypatch):  # noqa: F811
    monkeypatch.setattr(code_crosswalk, "BATCH", 1)
    act.apply()
    withdrawn = act.apply(matter_id="m2")
    act.resident("withdraw", withdrawn.id)
    heard.moved(2, VILLAGE, HEIR)
    assert where(affairs) == {"m1": (HEIR, "2020", HEIR), "m2": (HEIR, "2020", HEIR)}
    assert affairs.applications.get(withdrawn.id).formerly == [{"edition": "2019", "code": VILLAGE}]


def test_what_comes_to_a_code_does_not_follow_what_left_it_however_often_it_is_heard(affairs, heard, act):  # noqa: F811
    affairs.people.documents.update_one({"_id": "r2"}, {"$set": {"region": COMES}})
    act.apply()
    act.apply(affairs.other_resident, matter_id="m2")
    heard.moved(2, COMES, VILLAGE)
    for _ in range(2):
        heard.moved(3, VILLAGE, HEIR)
        heard.moved(2, COMES, VILLAGE)
    assert where(affairs) == {"m1": (HEIR, "2020", HEIR), "m2": (VILLAGE, "2020", VILLAGE)}


def test_who_applies_after_the_move_applies_in_the_new_division_also_with_an_old_copy(affairs, heard, act):  # noqa: F811
    heard.moved(2, VILLAGE, HEIR)
    assert act.apply().region == HEIR
    known = {"region": VILLAGE, "regions": [], "edition": "2020", "certified": True}
    affairs.people.learn("r2", 3, known)
    assert act.apply(affairs.other_resident).region == VILLAGE


def test_a_chain_of_editions_leads_to_the_last_one(affairs, heard):
    heard.moved(2, VILLAGE, HEIR)
    later = {"adoption_id": "510183-2020", "earlier": "2020", "later": "2023"}
    heard.hear("identity.region.moved", HEIR, "510183-2020", code=HEIR, new=[COMES], **later)
    assert affairs.moves.now(VILLAGE, "2019") == affairs.moves.now(VILLAGE, "") == (COMES, "2023")
    assert affairs.moves.now(VILLAGE, "2020") == (VILLAGE, "2020")
    assert affairs.moves.now("510183103299", "2017") == ("510183103299", "2017")


def test_affairs_says_once_that_it_has_followed_and_catches_who_applied_meanwhile(affairs, heard, act):  # noqa: F811
    heard.moved(2, VILLAGE, HEIR)
    late = act.apply()
    affairs.applications.documents.update_one(
        {"_id": late.id}, {"$set": {"region": VILLAGE, "regions": ["510183", VILLAGE], "edition": "2019"}}
    )
    for _ in range(2):
        heard.adopting.all_moved()
    assert where(affairs) == {"m1": (HEIR, "2020", HEIR)}
    (told,) = heard.followed.documents.find_one({"_id": f"affairs.{ADOPTION}"})["outbox"]
    assert told["data"] == {"adoption_id": ADOPTION}


def test_after_a_split_the_county_has_the_applications_until_their_applicant_is_placed(affairs, heard, act):  # noqa: F811
    act.apply()
    heard.moved(2, VILLAGE, COMES, HEIR)
    assert where(affairs) == {"m1": ("510183", "2020", "510183")}
    assert act.apply(matter_id="m2").region == "510183"
    heard.adopting.place("r1", COMES)
    assert where(affairs) == {"m1": (COMES, "2020", COMES), "m2": (COMES, "2020", COMES)}
    assert affairs.people.find("r1")["region"] == COMES


def test_a_clerk_who_has_read_an_application_before_it_moved_saves_nothing_over_it(affairs, heard, act):  # noqa: F811
    made = act.apply()
    held = affairs.applications.get(made.id)
    heard.moved(2, VILLAGE, HEIR)
    with pytest.raises(Exception, match="刚才有人改动了它"):
        affairs.applications.save(held, [], affairs.call(affairs.clerk))
    assert where(affairs) == {"m1": (HEIR, "2020", HEIR)}
