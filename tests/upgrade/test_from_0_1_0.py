"""Whoever upgrades loses nothing: what 0.1.0 wrote is read, moved and sent on by this version, and everything goes on."""

import pytest

from tests.upgrade.conftest import LOOKS, TOLD

PASSING = {"held", "suspects"}
"""Collections of what waits for its turn; everything else stays."""


SHOWS_LESS = ("id_number",)
"""What this version shows less of, on purpose."""


def covers(now, before) -> bool:
    """Tell whether everything of an answer is still in it; a newer version may say more, and lists may have grown."""
    if isinstance(before, dict):
        return isinstance(now, dict) and all(
            name in now and covers(now[name], before[name]) for name in before if name not in SHOWS_LESS
        )
    if isinstance(before, list):
        return all(any(covers(one, wanted) for one in now) for wanted in before)
    return now == before


def rows_of_departments(documents: dict) -> dict:
    return {id: one for id, one in documents[LOOKS].items() if "department" in one}


def pending(documents: dict) -> set[str]:
    """Give the ids of the events that wait in outboxes."""
    every = (one for collection in documents.values() for one in collection.values())
    return {event["id"] for one in every for event in one.get("outbox", ())}


def test_everybody_reads_what_they_read_before(upgrade):
    now = upgrade.village.reads()
    assert [
        what for what, before in upgrade.read.items() if not before or not covers(now[what], before)
    ] == []


def test_every_document_is_where_it_was_or_where_it_moved(upgrade):
    now = upgrade.documents()
    now[LOOKS] |= now[TOLD]
    lost = {place: set(before) - set(now[place]) for place, before in upgrade.kept.items()}
    assert {place: ids for place, ids in lost.items() if ids and place[1] not in PASSING} == {}
    assert sum(map(len, upgrade.kept.values())) > 1000


def test_what_went_to_departments_moved_while_the_released_version_still_ran(upgrade):
    (told,) = (line for line in upgrade.declared.splitlines() if line.startswith("identity: "))
    assert "schema 10, 1 moved (what went to departments" in told
    assert rows_of_departments(upgrade.beside) == {}
    (row,) = upgrade.beside[TOLD].values()
    assert (row["person"], row["fields"]) == (upgrade.village.her.id, ["resident_name"])


def test_what_the_released_version_stored_is_found_by_the_search_of_this_one(upgrade):
    nobody, found = upgrade.village.nobody, {}
    for path, text in (("/listings", "jgmht"), ("/matters", "dibao"), ("/matters", "高齡津貼")):
        found[path, text] = {one["id"] for one in nobody.get(path, text=text, limit=100)["items"]}
    assert upgrade.village.listing in found["/listings", "jgmht"]
    assert all(found.values())


def test_what_the_released_version_noted_afterwards_is_moved_by_the_next_declare(upgrade):
    late, now = rows_of_departments(upgrade.kept), upgrade.documents()
    assert upgrade.late.id in {one["person"] for one in late.values()}
    assert rows_of_departments(now) == {}
    # the department pulled everything again: what was noted first stays
    noted = {**late, **upgrade.beside[TOLD]}
    assert {id: {name: now[TOLD][id].get(name) for name in row} for id, row in noted.items()} == noted
    assert all(row["department_name"] and row["event_name"] for row in now[TOLD].values())


@pytest.mark.parametrize("event", ["identity.resident.registered", "market.listing.offered"])
def test_what_the_released_version_had_not_sent_is_sent(upgrade, event):
    left = pending(upgrade.kept)
    feed = upgrade.platform.database("identity").feed

    def sent() -> set[str]:
        return {one["event"]["id"] for one in feed.find({"event.id": {"$in": list(left)}})}

    upgrade.platform.wait_for(lambda: sent() == left, why=lambda: left - sent())
    assert event in {one["name"] for one in feed.find({"event.id": {"$in": list(left)}})}


def test_everything_goes_on(upgrade):
    told = upgrade.platform.run("python", "-m", "deploy.local.story")
    assert "The story is told" in told
    person, _ = upgrade.village.registered()
    upgrade.village.certify(person)
    noted = upgrade.platform.database("identity").department_disclosures
    assert noted.count_documents({"person": person.id}) == 1
