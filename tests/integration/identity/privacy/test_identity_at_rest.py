"""Identity keeps nothing of a person that can be read in its database, and still finds her."""

from dataclasses import replace

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import AlreadyAnswered
from services.chassis.storage.encrypted_fields import in_full
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.masking import mask_id_number
from services.civic.working_days import published_working_days
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents import contract, registration, usecases
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore
from tests.at_rest import plain_in, seal_nothing
from tests.integration.identity.people.test_registration_repeats import Passwords, Villages

ADMINISTRATOR = CivicActor("v1", "official", (Role("village_administrator", VILLAGE),))
TERMS = ResidentTerms(5, 60, published_working_days())
REASON = "本人不在村里居住，电话也打不通"


def call(actor, key, **data):
    return write_call("test", data, actor, key * 16, contract.Resident().dump)


def register(residents, entered, key="r"):
    asked = call(ANONYMOUS, key, **{"paper": "id_card", "country": None, **entered})
    return registration.register(
        residents,
        Villages(),
        shipped_catalogue(),
        Passwords(),
        a_password_is_good,
        lambda n: residents.vault.hashed("id", n),
        TERMS,
        lambda call: None,
        asked,
    )


def reject(residents, id, key="j"):
    return usecases.reject(residents, TERMS, {}, call(ADMINISTRATOR, key, resident_id=id, reason=REASON))


@pytest.fixture
def residents(database):
    made = ResidentStore(database)
    made.create_indexes()
    return made


def test_of_a_resident_an_official_and_a_department_nothing_stands_plain_in_the_database(database, residents):
    entered = new_resident(VILLAGE)
    reject(residents, register(residents, entered).id)
    of_others = keep_an_official_and_a_department(database)
    number = entered["id_number"]
    words = [
        entered["name"],
        number,
        number[4:14],
        entered["phone"],
        REASON,
        *of_others,
    ]
    shown = [mask_id_number(number), f"{entered['phone'][:3]}****{entered['phone'][-4:]}"]
    assert plain_in(database, [*words, *shown]) == set(shown)


def test_without_sealing_the_same_search_finds_them(database, residents, monkeypatch):
    stores = residents, OfficialStore(database), DepartmentStore(database)
    seal_nothing(monkeypatch, *stores)
    entered = new_resident(VILLAGE)
    reject(residents, register(residents, entered).id)
    words = [entered["phone"], entered["name"], REASON, *keep_an_official_and_a_department(database)]
    assert plain_in(database, words) == set(words)


def keep_an_official_and_a_department(database) -> list[str]:
    official = Official(
        "o1", VILLAGE, "login", "赵村官", "village_administrator", "hash", "operator", utc_now()
    )
    OfficialStore(database).add(official, [], replace(call(ADMINISTRATOR, "o"), render=in_full))
    asked = ("统计局", "科长周某 13900001111", "统计", "统计法", ["#"], "pull", "hash", utc_now())
    department = Department("d1", VILLAGE, *asked)
    DepartmentStore(database).add(department, [], replace(call(ADMINISTRATOR, "d"), render=in_full))
    assert OfficialStore(database).get("o1").name == "赵村官"
    assert DepartmentStore(database).get("d1").contact == "科长周某 13900001111"
    return ["赵村官", "科长周某", "13900001111"]


def test_a_repeated_request_gets_its_first_answer_although_that_is_sealed(residents):
    entered = new_resident(VILLAGE)
    made = register(residents, entered)
    with pytest.raises(AlreadyAnswered) as repeat:
        register(residents, entered)
    assert repeat.value.answer == contract.Resident().dump(made)


def test_a_resident_is_found_by_the_phone_and_who_registers_with_it_again_does_not_take_it(residents):
    entered = new_resident(VILLAGE)
    made = register(residents, entered)
    assert residents.find_by_phone(entered["phone"]) == residents.get(made.id) == made
    assert residents.find_by_phone("13000000000") is None
    second = register(residents, {**new_resident(VILLAGE), "phone": entered["phone"]}, key="x")
    assert residents.find_by_phone(entered["phone"]).id == made.id
    assert [one.id for one in residents.with_phone(entered["phone"])] == [made.id, second.id]


def test_the_new_values_of_a_correction_do_not_stand_plain_in_the_database(database, residents):
    her = register(residents, new_resident(VILLAGE))
    asked = call(CivicActor(her.id, "resident"), "c", resident_id=her.id, what="name", value="欧阳改名")
    usecases.ask_correction(residents, None, {}, asked)
    assert plain_in(database, ["欧阳改名"]) == set()
    assert residents.get(her.id).wanted == {"name": "欧阳改名"}


WRITTEN = {
    "appeal": "我的户口一直在本村甲组",
    "answer": "经走访核实属实乙",
    "move": "婚后随丈夫居住丙",
    "report": "家属报告病故丁",
    "revived": "同名误报戊",
    "sight": "核验人不在岗己",
}


def live_a_whole_life(residents) -> str:
    """Let somebody be rejected, appeal, move, be seen, be reported and be revived; gives the id."""
    her = residents.get(register(residents, new_resident(VILLAGE)).id)
    now, quiet = utc_now(), Call({})
    steps = (
        lambda: her.reject("v1", REASON, now, now),
        lambda: her.appeal_to_town(WRITTEN["appeal"], now),
        lambda: her.overturn("t1", WRITTEN["answer"], now),
        lambda: her.see("c1", "id_card", "001X", now),
        lambda: her.revoke_sight("c2", WRITTEN["sight"], now),
        lambda: her.report_end("deceased", WRITTEN["report"], "v1", now),
        lambda: her.confirm_end("t1", now),
        lambda: her.reactivate("t1", WRITTEN["revived"], now),
        lambda: her.ask_move("510183103203", WRITTEN["move"], now),
    )
    for step in steps:
        residents.save(her, step(), quiet)
    return her.id


def test_no_reason_appeal_or_report_stands_plain_in_the_database_and_all_can_be_read(database, residents):
    her = residents.get(live_a_whole_life(residents))
    assert plain_in(database, [REASON, *WRITTEN.values()]) == set()
    told = contract.Resident().dump(her)
    assert (told["appeal"]["reason"], told["appeal"]["answer"]) == (WRITTEN["appeal"], WRITTEN["answer"])
    assert told["request"]["reason"] == WRITTEN["move"]
    assert (her.words["revived"], her.words["sight_revoked"]) == (WRITTEN["revived"], WRITTEN["sight"])
    assert "ended" not in her.words and her.ended is None


def test_without_sealing_the_same_search_finds_the_reasons(database, residents, monkeypatch):
    seal_nothing(monkeypatch, residents)
    live_a_whole_life(residents)
    left = {text for name, text in WRITTEN.items() if name != "report"}
    assert plain_in(database, list(WRITTEN.values())) == left
