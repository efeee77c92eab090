"""An entry that is merged, or ends, beside an erasure: nothing stays whole in a tombstone, and nothing begins that nobody can cancel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import Conflict
from services.civic.actor import SYSTEM
from services.identity.people.residents import contract
from services.identity.people.residents import usecases as residents
from services.identity.privacy.erasures import usecases, views
from services.identity.privacy.erasures.contract import Erasure
from tests.integration.identity.privacy.test_erasures import OLDER, PERSON, Scene
from tests.integration.identity.village_scene import COUNTY_OFFICIAL, TOWN_OFFICIAL, Village, at_once


class Doubled(Scene):
    """王秀英, registered and signed in, and an older entry of hers."""

    def __init__(self, database):
        super().__init__(database)
        self.older, self.village = self.register("older", {**PERSON, **OLDER[0]}), Village(database)

    def merge(self, ended: str, survivor: str):
        asked = {"ended_id": ended, "reason": "同一人先后登记", "resident_id": survivor}
        call = self.village.call(COUNTY_OFFICIAL, contract.Merge, **asked)
        return residents.merge(self.residents, self.erasures, {}, call)

    def heard(self, what: str, resident: str) -> None:
        """Let erasures hear it; twice, as may happen."""
        call = event_call(f"{what}:{resident}", {"resident_id": resident}, self.now)
        for _ in range(2):
            if what == "merged":
                usecases.end_with_entry(self.erasures, call)
            else:
                usecases.go_on(self.erasures, self.terms, call)

    def end(self, kind: str = "deactivated") -> None:
        """Let the village report that her entry has ended, and the town confirm it."""
        her = self.residents.get(self.wang)
        her.report_end(kind, "同名误报", "village official", self.now)
        self.residents.save(her, her.confirm_end("town official", self.now), self.system())

    def reactivate(self) -> None:
        her = self.residents.get(self.wang)
        self.residents.save(her, her.reactivate(TOWN_OFFICIAL.id, "误报", self.now), self.system())
        self.heard("reactivated", self.wang)

    def system(self) -> Call:
        return Call({}, SYSTEM, now=self.now)

    def states(self) -> set[str]:
        return {self.residents.get(id).state for id in (self.wang, self.older)}


@pytest.fixture
def scene(database):
    return Doubled(database)


@pytest.mark.parametrize("ended_first", [True, False])
def test_nothing_is_merged_while_an_erasure_of_one_of_the_two_runs(scene, ended_first):
    erasure = scene.ask()
    scene.later(days=15)
    both = (scene.older, scene.wang) if ended_first else (scene.wang, scene.older)
    with pytest.raises(Conflict) as refused:
        scene.merge(*both)
    assert refused.value.code == "erasure.runs" and scene.states() == {"pending"}
    scene.answer("affairs", erasure)
    scene.answer("market", erasure)
    with pytest.raises(Conflict):
        scene.merge(scene.older, scene.wang)


def test_what_is_merged_while_an_erasure_waits_goes_with_it(scene):
    erasure = scene.ask()
    scene.merge(scene.older, scene.wang)
    scene.later(days=15)
    assert set(scene.erasures.get(erasure.id).entries) == {scene.wang, scene.older}
    for service in ("affairs", "market"):
        scene.answer(service, erasure)
    assert scene.states() == {"erased"}


def test_an_entry_that_is_merged_at_the_moment_when_an_erasure_begins_is_not_left_out(scene, monkeypatch):
    erasure, find = scene.ask(), scene.residents.merged_into

    def merged_after_the_look(id):
        found = find(id)
        monkeypatch.setattr(scene.residents, "merged_into", find)
        scene.merge(scene.older, scene.wang)
        return found

    monkeypatch.setattr(scene.residents, "merged_into", merged_after_the_look)
    assert scene.later(days=15) == 0 and scene.state(erasure) == "waiting"
    assert scene.later(seconds=10) == 1
    assert set(scene.erasures.get(erasure.id).entries) == {scene.wang, scene.older}


@pytest.mark.parametrize("time_over", range(6))
def test_of_a_merge_and_the_beginning_of_an_erasure_at_once_the_later_one_knows_of_the_other(
    scene, time_over
):
    erasure = scene.ask()
    merged, _ = at_once(lambda: scene.merge(scene.older, scene.wang), lambda: scene.later(days=15))
    if scene.state(erasure) == "waiting":
        scene.later(seconds=10)
    entries = set(scene.erasures.get(erasure.id).entries)
    assert (scene.older in entries) == (not isinstance(merged, str)), merged


def test_an_entry_that_was_merged_unseen_is_erased_with_the_others(scene):
    """As a process of 0.1.0 merges, which asks nobody."""
    erasure = scene.ask()
    scene.later(days=15)
    older = scene.residents.get(scene.older)
    events = older.merge_into(scene.wang, "county", "同一人", scene.now)
    scene.residents.save(older, events, scene.system())
    for service in ("affairs", "market"):
        scene.answer(service, erasure)
    assert scene.states() == {"erased"} and scene.state(erasure) == "finished"
    assert scene.residents.get(scene.older).name == "已注销"


def test_what_an_entry_asked_for_is_cancelled_when_it_is_merged(scene):
    erasure = scene.ask()
    scene.merge(scene.wang, scene.older)
    scene.heard("merged", scene.wang)
    assert scene.state(erasure) == "cancelled" and scene.later(days=15) == 0


def test_what_an_entry_asked_for_does_not_begin_before_it_is_heard_that_it_was_merged(scene):
    erasure = scene.ask()
    scene.merge(scene.wang, scene.older)
    assert scene.later(days=15) == 0
    assert scene.state(erasure) == "cancelled" and scene.states() == {"merged", "pending"}


@pytest.mark.parametrize("kind", ["deactivated", "deceased"])
def test_an_erasure_stands_still_while_nobody_can_cancel_it_and_goes_on_with_all_its_time(scene, kind):
    erasure = scene.ask()
    scene.end(kind)
    assert scene.later(days=15) == 0 and scene.state(erasure) == "waiting"
    assert scene.erasures.due(scene.now + timedelta(days=999), 10) == [], (
        "the clock does not look at it again"
    )
    scene.later(days=100)
    scene.reactivate()
    assert scene.later(days=14) == 0 and scene.state(erasure) == "waiting"
    scene.sign_in(scene.now)
    cancel = scene.call("k2", erasure_id=erasure.id)
    assert usecases.cancel(scene.erasures, cancel).state == "cancelled"


def test_an_erasure_that_went_on_begins_when_its_new_time_is_over(scene):
    erasure = scene.ask()
    scene.end()
    scene.later(days=20)
    scene.reactivate()
    assert scene.later(days=15) == 1 and scene.state(erasure) == "leaving"


def test_who_asks_is_told_what_remains_and_a_repeat_too(scene):
    call = views.naming_kept(scene.terms, replace(scene.call("k"), render=Erasure().dump))
    asked = usecases.ask(scene.erasures, scene.residents, lambda call: None, scene.terms, call)
    (kept,) = scene.erasures.documents.find_one({"_id": asked.id})["requests"]
    told = Erasure().dump(views.with_kept(asked, scene.terms))
    assert kept["answer"] == told
    assert any("部门事件流" in one["what"] and "九十天" in one["until"] for one in told["kept"])
