"""Applications on a real MongoDB: the whole way, repeats, races and scopes."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from services.affairs.matters.applications import contract, files, scopes, usecases, views
from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, Conflict, DomainError, NotFound, VersionConflict

ANSWER = contract.Application()
FORM = {"matter_id": "m1", "name": "王秀英", "phone": "13800000013", "answers": {}}
BOUND = 30


def papers(*names):
    return [{"name": name, "note": f"{name} 511111199001011234"} for name in names]


@pytest.fixture
def act(affairs):
    """Each step by its name, with the scope that its door gives it."""
    store, days = affairs.applications, affairs.days

    class Act:
        def apply(self, actor=affairs.resident, given=("居民身份证", "居民户口簿"), key="", **changed):
            asked = {**FORM, "materials": papers(*given), **changed}
            call = affairs.call(actor, key, render=ANSWER.dump, **asked)
            return usecases.apply_for_matter(
                store, affairs.people, affairs.moves, affairs.matters, days, lambda person: None, call
            )

        def clerk(self, step, id, actor=affairs.clerk, key="", now=None, **data):
            call = affairs.call(actor, key, render=ANSWER.dump, application_id=id, **data)
            call.now = now or call.now
            scope = scopes.only_the_office_of_the_region(actor)
            needed = (store, days, scope) if step in ("notify", "accept") else (store, scope)
            return getattr(usecases, step)(*needed, call)

        def resident(self, step, id, actor=affairs.resident, **data):
            call = affairs.call(actor, application_id=id, **data)
            if step == "withdraw":
                return files.withdraw(store, affairs.files, call)
            scope = scopes.only_the_applicant(actor)
            needed = (store, days, scope) if step == "supply" else (store, scope)
            return getattr(usecases, step)(*needed, call)

    return Act()


def read(affairs, actor, id):
    return ANSWER.dump(views.one(affairs.applications, Call({"application_id": id}, actor)))


def listed(affairs, actor, state="submitted", **asked):
    found = views.waiting(affairs.applications, Call({"state": state, **asked}, actor))
    return [application.id for application in found["items"]]


def at_once(*jobs):
    """Run the jobs at the same moment, each again after a lost write; gives results or errors."""
    together = Barrier(len(jobs), timeout=BOUND)

    def run(job):
        together.wait()
        for _ in range(20):
            try:
                return job()
            except VersionConflict:
                continue
            except DomainError as error:
                return error
        return None

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(BOUND) for done in [pool.submit(run, job) for job in jobs]]


def test_an_application_goes_all_the_way_from_receipt_to_rating(affairs, act):
    one = act.apply(given=("居民身份证",))
    missing = papers("居民户口簿")
    act.clerk("notify", one.id, materials=missing, text="请补户口簿", supply_days=None)
    act.resident("supply", one.id, materials=missing)
    act.clerk("accept", one.id)
    act.clerk("decide", one.id, outcome="granted", reason=None)
    act.resident("rate", one.id, stars=5, comment="办得快")
    kept = affairs.applications.documents.find_one({"_id": one.id})
    assert [event["type"].split(".")[3] for event in kept["outbox"]] == [
        "submitted",
        "materials_missing",
        "supplemented",
        "accepted",
        "decided",
        "rated",
    ]
    assert [event["sequence"] for event in kept["outbox"]] == [1, 2, 3, 4, 5, 6]
    assert {event["region"] for event in kept["outbox"]} == {"510183103204"}
    told = json.dumps([event["data"] for event in kept["outbox"]], ensure_ascii=False)
    for personal in ("王秀英", "13800000013", "5111111990", "办得快", "户口簿"):
        assert personal not in told
    answer = read(affairs, affairs.resident, one.id)
    assert [step["what"] for step in answer["steps"]][-2:] == ["granted", "rated"]
    assert answer["due_at"].startswith("2026-12-07T15:59:59")
    assert answer["notice"]["supply_by"].startswith("2026-12-14T15:59:59")


def test_only_a_resident_whom_the_village_certified_applies(affairs, act):
    affairs.people.learn("r9", 1, {"region": "510183103204", "regions": [], "certified": False})
    for person in ("r8", "r9"):
        stranger = type(affairs.resident)(person, "resident")
        with pytest.raises(DomainError) as refused:
            act.apply(actor=stranger)
        assert refused.value.code == "application.not_certified"
    affairs.people.learn("r9", 2, {"certified": True})
    assert act.apply(actor=type(affairs.resident)("r9", "resident")).state == "submitted"


def test_a_closed_or_unknown_matter_takes_no_applications(affairs, act):
    affairs.matters.documents.update_one({"_id": "m1"}, {"$set": {"state": "closed"}})
    with pytest.raises(DomainError) as refused:
        act.apply()
    assert refused.value.code == "application.matter_closed"
    with pytest.raises(NotFound):
        act.apply(matter_id="m404")


def test_the_same_key_twice_gives_the_first_answer(affairs, act):
    first = act.apply(key="k" * 16)
    with pytest.raises(AlreadyAnswered) as repeat:
        act.apply(key="k" * 16)
    assert repeat.value.answer["id"] == first.id
    assert affairs.applications.documents.count_documents({}) == 1
    act.clerk("accept", first.id, key="a" * 16)
    with pytest.raises(AlreadyAnswered) as repeat:
        act.clerk("accept", first.id, key="a" * 16)
    assert repeat.value.answer["state"] == "accepted"
    assert affairs.applications.get(first.id).version == 2


def test_two_applications_for_one_matter_at_once_leave_one(affairs, act):
    done = at_once(*[act.apply] * 6)
    refused = [one for one in done if isinstance(one, Conflict)]
    assert len(refused) == 5 and {one.code for one in refused} == {"application.open_already"}
    assert affairs.applications.documents.count_documents({}) == 1
    assert act.apply(matter_id="m2").state == "submitted"
    assert act.apply(actor=affairs.other_resident).state == "submitted"


@pytest.mark.parametrize("end", ["withdrawn", "declined", "refused", "lapsed"])
def test_after_it_has_ended_she_may_apply_again(act, affairs, end):
    one = act.apply(given=("居民身份证",))
    if end == "withdrawn":
        act.resident("withdraw", one.id)
    if end == "declined":
        act.clerk("decline", one.id, reason="请向人社局申请")
    if end == "refused":
        act.clerk("accept", one.id)
        act.clerk("decide", one.id, outcome="refused", reason="未满八十周岁")
    if end == "lapsed":
        act.clerk("notify", one.id, materials=papers("居民户口簿"), text="", supply_days=5)
        act.clerk("lapse", one.id, now=one.submitted_at + timedelta(days=30))
    again = act.apply()
    assert again.id != one.id and again.state == "submitted"


@pytest.mark.parametrize("given", ["submitted", "notified", "supplemented", "accepted"])
def test_while_one_is_open_there_is_no_second(act, given):
    one = act.apply(given=("居民身份证",))
    if given in ("notified", "supplemented"):
        act.clerk("notify", one.id, materials=papers("居民户口簿"), text="", supply_days=None)
    if given == "supplemented":
        act.resident("supply", one.id, materials=papers("居民户口簿"))
    if given == "accepted":
        act.clerk("accept", one.id)
    with pytest.raises(Conflict) as refused:
        act.apply()
    assert refused.value.code == "application.open_already"


def test_two_clerks_decide_at_once_and_one_wins(affairs, act):
    one = act.apply()
    act.clerk("accept", one.id)
    other = affairs.official("clerk", "510183103")
    done = at_once(
        lambda: act.clerk("decide", one.id, outcome="granted", reason=None),
        lambda: act.clerk("decide", one.id, actor=other, outcome="refused", reason="不符合条件"),
    )
    [lost] = [result for result in done if isinstance(result, DomainError)]
    [won] = [result for result in done if not isinstance(result, DomainError)]
    assert lost.code == "application.step_does_not_fit"
    kept = affairs.applications.get(one.id)
    assert (kept.outcome, kept.version) == (won.outcome, 3)


def test_withdrawing_and_deciding_at_once_leave_one_end(affairs, act):
    one = act.apply()
    act.clerk("accept", one.id)
    done = at_once(
        lambda: act.clerk("decide", one.id, outcome="granted", reason=None),
        lambda: act.resident("withdraw", one.id),
    )
    assert sum(isinstance(result, DomainError) for result in done) == 1
    assert affairs.applications.get(one.id).version == 3


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("withdraw", {}),
        ("supply", {"materials": papers("居民户口簿")}),
        ("rate", {"stars": 1, "comment": None}),
    ],
)
def test_another_resident_does_not_find_it(affairs, act, step, data):
    one = act.apply()
    with pytest.raises(NotFound):
        act.resident(step, one.id, actor=affairs.other_resident, **data)
    with pytest.raises(NotFound):
        read(affairs, affairs.other_resident, one.id)


@pytest.mark.parametrize(
    "wrong",
    [("clerk", "510183103205"), ("clerk", "510182"), ("village_administrator", "510183103204")],
)
def test_only_a_clerk_whose_region_contains_the_village_handles_it(affairs, act, wrong):
    one = act.apply()
    with pytest.raises(NotFound):
        act.clerk("accept", one.id, actor=affairs.official(*wrong))
    near = affairs.official("clerk", "510183103204")
    assert act.clerk("accept", one.id, actor=near).state == "accepted"


def test_name_phone_and_notes_are_full_for_the_clerk_and_the_applicant_only(affairs, act):
    one = act.apply()
    for reader in (affairs.clerk, affairs.resident):
        seen = read(affairs, reader, one.id)
        assert (seen["applicant_name"], seen["applicant_phone"]) == ("王秀英", "13800000013")
        assert "5111111990" in seen["materials"][0]["note"]
    seen = json.dumps(read(affairs, affairs.official("village_administrator", "510183103204"), one.id))
    masked = json.loads(seen)
    assert (masked["applicant_name"], masked["applicant_phone"]) == ("王*英", "138****0013")
    assert "13800000013" not in seen and "5111111990" not in seen
    page = views.waiting(affairs.applications, Call({"state": "submitted"}, affairs.clerk))
    row = contract.ApplicationPage().dump(page)["items"][0]
    assert (row["applicant_name"], row["applicant_phone"]) == ("王*英", "138****0013")
    assert "materials" not in row


def test_officials_list_what_comes_from_their_regions(affairs, act):
    one = act.apply()
    for role, region in (
        ("village_administrator", "510183103204"),
        ("town_administrator", "510183103"),
        ("county_administrator", "510183"),
        ("clerk", "510183"),
    ):
        assert listed(affairs, affairs.official(role, region)) == [one.id]
    assert listed(affairs, affairs.official("village_administrator", "510183103205")) == []
    assert listed(affairs, affairs.official("discipline_officer", "510183")) == []
    assert listed(affairs, affairs.clerk, "accepted") == []


def test_the_oldest_receipt_and_the_nearest_due_date_come_first(affairs, act):
    ids = []
    for number, days_ago in enumerate((1, 3, 2)):
        person = type(affairs.resident)(f"p{number}", "resident")
        affairs.people.learn(person.id, 2, {"region": "510183103204", "regions": [], "certified": True})
        one = act.apply(actor=person)
        received = one.submitted_at - timedelta(days=days_ago)
        affairs.applications.documents.update_one({"_id": one.id}, {"$set": {"submitted_at": received}})
        ids.append(one.id)
    assert listed(affairs, affairs.clerk) == [ids[1], ids[2], ids[0]]
    for id, day in zip(ids, (10, 20, 1), strict=True):
        act.clerk("accept", id, now=one.submitted_at + timedelta(days=day))
        due = one.submitted_at + timedelta(days=day)
        affairs.applications.documents.update_one({"_id": id}, {"$set": {"due_at": due}})
    assert listed(affairs, affairs.clerk, "accepted") == [ids[2], ids[0], ids[1]]


def test_own_applications_are_listed_newest_first_and_no_others(affairs, act):
    first, second = act.apply(), act.apply(matter_id="m2")
    later = first.submitted_at + timedelta(hours=1)
    affairs.applications.documents.update_one({"_id": second.id}, {"$set": {"submitted_at": later}})
    act.apply(actor=affairs.other_resident)
    found = views.own(affairs.applications, Call({}, affairs.resident))
    assert [one.id for one in found["items"]] == [second.id, first.id]


def test_whoever_goes_on_after_a_merge_reads_what_the_other_entry_applied_for(affairs, act):
    mine, other = act.apply(), act.apply(actor=affairs.other_resident)
    survivor = replace(affairs.resident, merged=(affairs.other_resident.id,))
    found = views.own(affairs.applications, Call({}, survivor))
    assert {one.id for one in found["items"]} == {mine.id, other.id}
    assert read(affairs, survivor, other.id)["id"] == other.id


def test_a_list_does_not_load_the_steps_and_does_not_show_the_materials(affairs, act):
    one = act.apply()
    official = Call({"state": "submitted"}, affairs.clerk)
    for rows in (
        views.waiting(affairs.applications, official),
        views.own(affairs.applications, Call({}, affairs.resident)),
    ):
        [row] = rows["items"]
        assert (row.id, row.steps, row.required) == (one.id, [], [])
        shown = contract.ApplicationRow().dump(row)
        assert "materials" not in shown
        assert shown == contract.ApplicationRow().dump(affairs.applications.get(one.id))
    assert affairs.applications.get(one.id).materials


@pytest.mark.parametrize("state", ["submitted", "accepted"])
@pytest.mark.parametrize("region", ["510183", "510183103204"])
def test_every_list_goes_by_an_index_and_sorts_nothing(affairs, act, plans, state, region):
    act.apply()
    act.clerk("accept", act.apply(actor=affairs.other_resident).id)
    official = affairs.official("clerk", region)
    documents = affairs.applications.documents
    seen = plans(documents, lambda: listed(affairs, official, state))
    seen += plans(documents, lambda: views.own(affairs.applications, Call({}, affairs.resident)))
    assert len(seen) == 2
    for plan in seen:
        assert "IXSCAN" in plan["planSummary"] and "COLLSCAN" not in plan["planSummary"], plan
        assert not plan.get("hasSortStage"), plan
