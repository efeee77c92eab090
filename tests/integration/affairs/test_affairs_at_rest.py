"""Affairs keeps nothing of an applicant that can be read in its database."""

from services.affairs.matters.applications import usecases
from services.chassis.storage.encrypted_fields import in_full
from tests.at_rest import plain_in, seal_nothing

NOTE, MISSING = "身份证号 510181194001010013", "请补交户口簿"
WORDS = ["王小英", "13800000013", NOTE, MISSING]


def applied(affairs):
    given = {
        "matter_id": "m1",
        "name": "王小英",
        "phone": "13800000013",
        "answers": {},
        "materials": [{"name": "居民身份证", "note": NOTE}],
    }
    asked = affairs.call(affairs.resident, render=in_full, **given)
    parts = (affairs.applications, affairs.people, affairs.moves, affairs.matters, affairs.days)
    one = usecases.apply_for_matter(*parts, lambda person: None, asked)
    told = {
        "application_id": one.id,
        "materials": [{"name": "居民户口簿", "note": ""}],
        "text": MISSING,
        "supply_days": None,
    }
    usecases.notify(
        affairs.applications, affairs.days, {}, affairs.call(affairs.clerk, render=in_full, **told)
    )
    return affairs.applications.get(one.id)


def test_of_an_application_neither_applicant_nor_materials_stand_plain_in_the_database(affairs, database):
    one = applied(affairs)
    assert plain_in(database, [*WORDS, one.office]) == {one.office}
    assert (one.applicant_name, one.materials[0]["note"], one.notice["text"]) == ("王小英", NOTE, MISSING)


def test_without_sealing_the_same_search_finds_them(affairs, database, monkeypatch):
    seal_nothing(monkeypatch, affairs.applications)
    applied(affairs)
    assert plain_in(database, WORDS) == set(WORDS)
