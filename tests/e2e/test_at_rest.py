"""After a story of all services no database, read raw, tells who the people in it are."""

import pytest
from pymongo import MongoClient

from deploy.local.story import identity, integrity, market, person
from deploy.local.story.__main__ import tell
from deploy.local.story.teller import Teller
from services.identity.people.papers import mask_id_number
from tests.at_rest import plain_in

SURNAME_AND_ALL = 3
"""Characters of a full name here: two would also stand in a town's or a matter's name by chance."""


@pytest.fixture
def registered(monkeypatch) -> list[dict]:
    """What everybody entered who registers in the story, in the order in which they do."""
    entered = []

    def noted(*asked, **more):
        entered.append(person.new_resident(*asked, **more))
        return entered[-1]

    for chapter in (identity, market):
        monkeypatch.setattr(chapter, "new_resident", noted)
    return entered


def told(platform) -> None:
    tell(platform.base, platform.settings, Teller(lambda line: None))


def plain_in_all(platform, words: list[str]) -> set[str]:
    """Look in every database that the platform has made, the feed's, the archives' and the key vaults' included."""
    with MongoClient(platform.settings.mongodb_uri) as client:
        prefix = f"{platform.settings.database_prefix}_"
        names = [name for name in client.list_database_names() if name.startswith(prefix)]
        assert len(names) == 4
        return set().union(*(plain_in(client[name], words) for name in names))


def test_after_a_story_of_all_services_no_id_number_phone_address_or_full_name_stands_in_any_database(
    platform, registered
):
    told(platform)
    assert len(registered) == 5 and all(len(one["name"]) == SURNAME_AND_ALL for one in registered)
    secret = [one[field] for one in registered for field in ("name", "id_number", "phone")]
    secret += [market.recipient(one)["address"] for one in registered]
    of_others = [
        "故事人员",
        integrity.TEXT,
        integrity.ACCUSED,
        "去年秋天",
        "没跑一趟路",
        "户口不在本村，请到",
    ]
    # what lists show is there: the search finds what stands plain
    her, _somebody, *others = registered
    # somebody registers with a phone of their own and with her number
    shown = [mask_id_number(one["id_number"]) for one in (her, *others)]
    assert plain_in_all(platform, [*secret, *of_others, *shown]) == set(shown)
