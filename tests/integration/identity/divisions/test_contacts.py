"""How an office is reached: its administrators tell it, everybody reads it, and nobody's change is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import may_act_in
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.editions.code_crosswalk import CrosswalkEntry
from services.identity.divisions.contacts import contract, usecases, views
from services.identity.divisions.contacts.contract import ADMINISTRATORS
from services.identity.divisions.contacts.store import ContactStore
from services.identity.own_offices import offices_of
from tests.integration.identity.absence_scene import TOWN, VILLAGE
from tests.integration.identity.absence_scene import Scene as LeaveScene

TOLD = {"phone": "028-88790000", "address": "3 组党群服务中心", "hours": "周一至周五"}


class Scene(LeaveScene):
    """The offices of a village and its town."""

    def __init__(self, database):
        super().__init__(database)
        self.contacts = ContactStore(database)
        self.contacts.create_indexes()

    def tell(self, by, region=VILLAGE, key="", **more):
        tools = (self.contacts, self.divisions, lambda code: may_act_in(by, code, *ADMINISTRATORS))
        data = {"region": region, **TOLD, **more}
        return self.run(usecases.tell, *tools, data=data, by=by, key=key, answer=contract.ToldContact)

    def read(self, region=VILLAGE) -> dict:
        return views.one(self.contacts, self.divisions, self.call({"region": region}, ANONYMOUS))

    def own(self, actor, village="") -> list[str]:
        def region_of(_id):
            if not village:
                raise NotFound("resident.not_found", "")
            return village, ""

        return [
            one["region"]
            for one in views.own(self.contacts, self.divisions, offices_of(actor, region_of))["items"]
        ]


@pytest.fixture
def scene(database):
    return Scene(database)


def test_the_office_tells_and_everybody_reads(scene):
    scene.tell(scene.li)
    found = scene.read()
    assert (found["phone"], found["address"], found["hours"]) == tuple(TOLD.values())
    assert found["name"].endswith("村")
    scene.tell(scene.zhang, phone="028-88790001", address=None)
    assert (scene.read()["phone"], scene.read()["address"]) == ("028-88790001", None)


def test_nobody_tells_for_another_office(scene):
    wu = scene.official("wu", "town_administrator", "510183104")
    assert scene.tell(wu) == scene.tell(scene.li, TOWN) == "contact.not_yours"
    assert scene.tell(scene.chief, "510183") == "contact.no_office"
    with pytest.raises(NotFound, match="12345"):
        scene.read()


def test_the_own_village_comes_before_the_town_and_who_has_neither_is_told_nothing(scene):
    scene.tell(scene.li)
    scene.tell(scene.zhang, TOWN)
    resident = CivicActor("r", "resident")
    assert scene.own(resident, VILLAGE) == [VILLAGE, TOWN]
    assert scene.own(scene.li) == [VILLAGE, TOWN]
    assert scene.own(scene.zhang) == [TOWN]
    assert scene.own(resident) == []


def test_the_same_request_counts_once_and_who_saw_an_older_one_overwrites_nothing(scene):
    first = scene.tell(scene.li, key="k")
    again = scene.tell(scene.li, key="k")
    assert first.version == again.version == 1 or first == again
    scene.tell(scene.zhang, phone="028-88790001")
    assert scene.tell(scene.li, seen_version=1) == "contact.changed_meanwhile"
    assert scene.read()["phone"] == "028-88790001"


def test_of_two_who_tell_at_once_one_is_told_to_look_again(scene):
    with ThreadPoolExecutor(2) as both:
        done = list(
            both.map(
                lambda by: scene.tell(by, phone=f"028-8879000{len(by.roles[0].region) % 10}"),
                (scene.li, scene.zhang),
            )
        )
    assert scene.contacts.documents.count_documents({}) == 1
    kept = [one for one in done if not isinstance(one, str)]
    assert scene.read()["phone"] in {one.phone for one in kept}


def test_a_number_ends_with_its_division(scene):
    scene.tell(scene.li)
    move = CrosswalkEntry(VILLAGE, "2019", "2020", ("510183103999",))
    assert scene.contacts.follow(move) == 1
    with pytest.raises(NotFound):
        scene.read()
