"""Sentences on a real MongoDB: who keeps them, who changes them, and what is offered where."""

import pytest

from services.affairs.matters.sentences import usecases
from services.affairs.matters.sentences.rpc import counties_of
from services.affairs.matters.sentences.store import SentenceStore
from services.chassis.core.actor import Role
from services.chassis.core.errors import Conflict, Forbidden, NotFound
from services.civic.actor import CivicActor

COUNTY = CivicActor("c1", "official", (Role("clerk", "510183"),))
TOWN = CivicActor("c2", "official", (Role("clerk", "510183103"),))
OTHER_TOWN = CivicActor("c3", "official", (Role("town_administrator", "510183104"),))
ELSEWHERE = CivicActor("c9", "official", (Role("clerk", "510184"),))


@pytest.fixture
def keep(affairs, database):
    store = SentenceStore(database)
    store.create_indexes()

    def act(step, actor=TOWN, **data):
        call = affairs.call(actor, **{"kind": "notice", "title": "照片模糊", "text": "请重新拍照。", **data})
        return getattr(usecases, step)(store, counties_of(actor), call)

    return act


def test_a_title_is_there_once_for_each_kind_and_free_again_when_it_was_removed(keep):
    one = keep("add")
    with pytest.raises(Conflict) as refused:
        keep("add", COUNTY)
    assert refused.value.code == "sentence.title_taken"
    keep("add", kind="refusal")
    keep("add", ELSEWHERE)
    keep("remove", sentence_id=one.id)
    keep("add", COUNTY)


def test_who_wrote_it_and_the_county_change_it_and_another_county_knows_nothing_of_it(keep):
    one = keep("add")
    with pytest.raises(Forbidden) as refused:
        keep("change", OTHER_TOWN, sentence_id=one.id)
    assert refused.value.code == "sentence.not_yours"
    with pytest.raises(NotFound):
        keep("change", ELSEWHERE, sentence_id=one.id)
    assert keep("change", sentence_id=one.id, title="照片看不清").title == "照片看不清"
    assert keep("remove", COUNTY, sentence_id=one.id).removed
    for step in ("change", "remove"):
        with pytest.raises(Conflict) as refused:
            keep(step, sentence_id=one.id)
        assert refused.value.code == "sentence.removed_already"
