"""A restored backup brings back who was erased after it; what later backups noted erases them again."""

from services.identity.privacy.erasures.store import finished_erasures
from services.identity.wiring.repeat_erasures import repeat
from tests.integration.identity.privacy.test_erasures import PERSON, Scene


def noted(scene) -> dict[str, list[str]]:
    return {one["id"]: one["entries"] for one in finished_erasures(scene.database)["erasures"]}


def as_it_was(scene) -> dict[str, list[dict]]:
    return {name: list(scene.database[name].find()) for name in scene.database.list_collection_names()}


def put_back(scene, before) -> None:
    for name in scene.database.list_collection_names():
        scene.database[name].delete_many({})
        if before.get(name):
            scene.database[name].insert_many(before[name])


def erased(scene):
    erasure = scene.ask()
    scene.later(days=16)
    for service in ("affairs", "market"):
        scene.answer(service, erasure)
    scene.forget()
    return erasure


def types_told(scene) -> list[str]:
    return [one["type"] for one in scene.residents.documents.find_one({"_id": scene.wang})["outbox"]]


def test_who_had_not_even_asked_is_erased_again_and_everybody_hears_of_it(database):
    scene = Scene(database)
    before = as_it_was(scene)
    erasure = erased(scene)
    later = noted(scene)
    assert later == {erasure.id: [scene.wang]}
    put_back(scene, before)
    assert scene.residents.get(scene.wang).name == PERSON["name"] and noted(scene) == {}
    assert repeat(database, later) == 1 and repeat(database, later) == 0
    assert types_told(scene)[-1] == "xiangzhi.identity.resident.erased.v1"
    scene.forget()
    assert not [
        trace for trace in (PERSON["name"], PERSON["phone"], PERSON["id_number"]) if trace in scene.raw()
    ]
    assert noted(scene) == later


def test_who_was_thinking_it_over_is_erased_by_that_request(database):
    scene = Scene(database)
    scene.ask()
    before = as_it_was(scene)
    scene.later(days=16)
    (waiting,) = scene.erasures.documents.find()
    put_back(scene, before)
    assert repeat(database, {"another": [scene.wang]}) == 1
    (done,) = scene.erasures.documents.find()
    assert (done["_id"], done["state"]) == (waiting["_id"], "finished")


def test_who_came_after_the_backup_is_not_there_and_nothing_is_made_up(database):
    assert repeat(database, {"e": ["nobody"]}) == 0
    assert database.erasures.count_documents({}) == 0


def test_an_entry_that_was_merged_after_the_backup_is_no_reason_to_stop(database):
    scene = Scene(database)
    before = as_it_was(scene)
    erasure = erased(scene)
    put_back(scene, before)
    assert repeat(database, {erasure.id: [scene.wang, "registered later"]}) == 1
    assert scene.residents.get(scene.wang).state == "erased"
    (done,) = scene.erasures.documents.find()
    assert done["state"] == "finished"


def test_what_stopped_half_way_is_gone_through_to_its_end(database):
    scene = Scene(database)
    before = as_it_was(scene)
    erasure = erased(scene)
    put_back(scene, before)
    assert repeat(database, {erasure.id: [scene.wang]}) == 1
    half = {"$set": {"state": "cleared", "open": True, "ended_at": None}}
    scene.erasures.documents.update_one({"_id": erasure.id}, half)
    assert repeat(database, {erasure.id: [scene.wang]}) == 1
    assert scene.erasures.documents.find_one({"_id": erasure.id})["state"] == "finished"
