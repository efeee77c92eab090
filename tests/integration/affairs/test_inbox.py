"""The inbox of a clerk on a real MongoDB: what waits for whom and why, and who has it when two reach for it at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.affairs.matters.applications import (
    claiming,
    contract,
    desk_from_before,
    inbox,
    scopes,
    usecases,
)
from services.affairs.matters.applications.clerks import Clerks
from services.affairs.migrations import MIGRATIONS
from services.chassis.core.actor import Role
from services.chassis.core.errors import AlreadyAnswered, Conflict, DomainError, NotFound, Rejected
from services.chassis.runtime.migrations import migrate
from services.civic.actor import CivicActor
from services.civic.short_numbers import number_of
from tests.integration.affairs.conftest import MONDAY, VILLAGE

TOWN, OTHER_TOWN, COUNTY = VILLAGE[:9], "510183104", VILLAGE[:6]
CLERK = CivicActor("c1", "official", (Role("clerk", COUNTY),))
COLLEAGUE = CivicActor("c2", "official", (Role("clerk", TOWN),))
STAND_IN = CivicActor("c3", "official", (Role("clerk", COUNTY), Role("clerk", COUNTY, "c1")))
HEAD = CivicActor("h1", "official", (Role("county_administrator", COUNTY),))
STRANGER = CivicActor("c9", "official", (Role("clerk", "510184"),))
BOUND = 30
PAPERS = [{"name": "居民身份证", "note": ""}, {"name": "居民户口簿", "note": ""}]


@pytest.fixture
def desk(affairs, database):
    store, days = affairs.applications, affairs.days
    clerks = Clerks(database)
    for official, region in (("c1", COUNTY), ("c2", TOWN), ("c4", OTHER_TOWN)):
        clerks.learn(official, 1, {"role": "clerk", "region": region, "edition": "", "active": True})

    class Desk:
        applications, colleagues = store, clerks

        def apply(self, person="r1", matter="m1", name="王秀英", given=PAPERS, now=MONDAY):
            asked = {
                "matter_id": matter,
                "name": name,
                "phone": "13800000013",
                "answers": {},
                "materials": given,
            }
            call = affairs.call(CivicActor(person, "resident"), now=now, **asked)
            made = usecases.apply_for_matter(
                store, affairs.people, affairs.moves, affairs.matters, days, lambda person: None, call
            )
            return made.id

        def step(self, step, id, actor=CLERK, **data):
            scope = scopes.only_the_office_of_the_region(actor)
            if step == "supply":
                scope = scopes.only_the_applicant(actor)
            needed = (store, days, scope) if step in ("notify", "accept", "supply") else (store, scope)
            return getattr(usecases, step)(*needed, affairs.call(actor, application_id=id, **data))

        def claim(self, id, actor=CLERK):
            scope = scopes.only_the_office_of_the_region(actor)
            return claiming.claim(store, scope, affairs.call(actor, application_id=id))

        def hand(self, id, to, actor=CLERK, note=""):
            scope = scopes.only_the_desk_of_the_region(actor)
            call = affairs.call(actor, application_id=id, official_id=to, note=note)
            return claiming.hand_over(store, clerks, scope, call)

        def take_over(self, id, actor=CLERK):
            scope = scopes.only_the_office_of_the_region(actor)
            return claiming.take_over(store, scope, affairs.call(actor, application_id=id, note="同事出差"))

        def release(self, id, actor=CLERK):
            scope = scopes.only_the_desk_of_the_region(actor)
            return claiming.release(store, scope, affairs.call(actor, application_id=id))

        def page(self, actor=CLERK, now=MONDAY, **asked):
            return inbox.waiting_for_me(store, days, affairs.call(actor, now=now, **asked))

        def rows(self, actor=CLERK, now=MONDAY, **asked):
            return {one.id: one.reasons for one in self.page(actor, now, **asked)["items"]}

        def counts(self, actor=CLERK, now=MONDAY):
            found = inbox.counts(store, days, affairs.call(actor, now=now))
            return {"all": found["all"]} | {why: n for why, n in found["reasons"].items() if n}

        def of(self, id):
            return store.get(id)

    return Desk()


def notified(desk, id):
    desk.step("notify", id, materials=PAPERS[1:], text="", supply_days=None)
    return id


def test_the_inbox_has_what_is_new_came_back_and_waits_for_a_decision_by_due_date(desk, affairs):
    new, back = desk.apply("r1", "m1"), notified(desk, desk.apply("r1", "m2", given=PAPERS[:1]))
    waits = notified(desk, desk.apply("r2", "m2", given=PAPERS[:1]))
    desk.step("supply", back, affairs.resident, materials=PAPERS[1:])
    accepted = desk.apply("r2", "m1")
    desk.step("accept", accepted)
    assert desk.rows() == {new: ["new"], back: ["came_back"], accepted: ["to_decide"]}
    assert desk.counts() == {"all": 3, "new": 1, "came_back": 1, "to_decide": 1}
    assert list(desk.rows())[-1] == accepted
    assert desk.rows(reason="not_supplied") == {}
    late = desk.of(new).act_by + timedelta(seconds=1)
    assert desk.rows(now=late, reason="overdue") == {new: ["new", "overdue"], back: ["came_back", "overdue"]}
    assert desk.counts(now=late)["overdue"] == 2
    over = desk.of(waits).act_by + timedelta(seconds=1)
    assert desk.rows(now=over, reason="not_supplied") == {waits: ["not_supplied"]}
    assert desk.counts(now=over)["not_supplied"] == 1
    assert desk.rows(STRANGER) == {} and desk.counts(STRANGER) == {"all": 0}


def test_what_a_colleague_has_is_in_the_colleagues_inbox_alone(desk):
    one, other = desk.apply("r1"), desk.apply("r2")
    desk.claim(one)
    assert desk.rows() == {one: ["new", "claimed"], other: ["new"]}
    assert desk.rows(COLLEAGUE) == {other: ["new"]}
    assert desk.rows(STAND_IN) == {one: ["new", "claimed"], other: ["new"]}
    desk.hand(one, "c2", note="已电话核实")
    assert desk.rows() == {other: ["new"]}
    assert desk.rows(COLLEAGUE, reason="handed") == {one: ["new", "handed"]}
    assert desk.counts(COLLEAGUE) == {"all": 2, "new": 2, "claimed": 1, "handed": 1}
    assert desk.of(one).handing_note == "已电话核实"


def test_a_number_or_a_name_finds_it_wherever_it_stands_and_nothing_of_another_office(desk):
    one, other = desk.apply("r1", name="王秀英"), desk.apply("r2", name="李四")
    desk.claim(one, COLLEAGUE)
    assert desk.rows(application_id=one) == {one: []} == desk.rows(application_id=number_of(one))
    assert desk.rows(name="王秀英") == {one: []}
    assert desk.rows(name="李四", region=VILLAGE) == {other: ["new"]}
    assert desk.rows(name="王秀") == {} == desk.rows(application_id="no-such")
    assert desk.rows(STRANGER, application_id=one) == {} == desk.rows(STRANGER, name="王秀英")
    assert (
        desk.rows(STRANGER, application_id=number_of(one))
        == {}
        == desk.rows(application_id=number_of("0" * 32))
    )
    assert desk.rows(region="510184") == {} == desk.rows(region=OTHER_TOWN)
    assert desk.rows(matter_id="m1", region=TOWN) == {other: ["new"]}
    assert desk.rows(matter_id="m2") == {}


def test_the_inbox_goes_on_page_by_page_without_a_row_twice(desk, affairs):
    made = [desk.apply(person, matter) for person in ("r1", "r2") for matter in ("m1", "m2")]
    for reason in (None, "due_soon", "new"):
        now, seen, cursor = MONDAY + timedelta(days=5), [], {}
        while True:
            found = desk.page(now=now, reason=reason, limit=1, **cursor)
            seen += [one.id for one in found["items"]]
            if not found["next"]:
                break
            cursor = {"cursor": found["next"]}
        assert sorted(seen) == sorted(made)


def test_what_is_due_on_one_day_stands_in_the_order_of_arrival_on_every_page(desk):
    hours = (3, 1, 4, 2)
    who = [(person, matter) for person in ("r1", "r2") for matter in ("m1", "m2")]
    made = {
        hour: desk.apply(*one, now=MONDAY + timedelta(minutes=hour))
        for hour, one in zip(hours, who, strict=True)
    }
    assert len({desk.of(id).act_by for id in made.values()}) == 1
    seen, cursor = [], {}
    while True:
        found = desk.page(limit=1, **cursor)
        seen += [one.id for one in found["items"]]
        if not found["next"]:
            break
        cursor = {"cursor": found["next"]}
    assert seen == [made[hour] for hour in sorted(hours)]


def test_the_inbox_is_narrowed_to_an_office_and_counted_so(desk, affairs):
    one, other = desk.apply("r1", "m1"), desk.apply("r2", "m2")
    kept = {"$set": {"office": "邛崃市人力资源和社会保障局"}}
    desk.applications.documents.update_one({"_id": other}, kept)
    assert desk.rows(office="邛崃市民政局") == {one: ["new"]}
    assert desk.rows(office="邛崃市民政局", matter_id="m2") == {}
    assert desk.rows(office="没有这个单位") == {}

    def counted(**asked):
        found = inbox.counts(desk.applications, affairs.days, affairs.call(CLERK, **asked))
        waiting = {(row["matter_id"], row["office"]): row["count"] for row in found["matters"]}
        return found["all"], found["reasons"]["new"], waiting

    both = {("m1", "邛崃市民政局"): 1, ("m2", "邛崃市人力资源和社会保障局"): 1}
    assert counted() == (2, 2, both)
    assert counted(office="邛崃市民政局") == (1, 1, both) == counted(matter_id="m2")
    assert counted(region=OTHER_TOWN) == (0, 0, {})


def at_once(*jobs):
    together = Barrier(len(jobs), timeout=BOUND)

    def run(job):
        together.wait()
        try:
            return job()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(BOUND) for done in [pool.submit(run, job) for job in jobs]]


def test_of_two_who_claim_at_once_one_has_it_and_the_other_reads_who(desk):
    for person, matter in (("r1", "m1"), ("r1", "m2"), ("r2", "m1"), ("r2", "m2")):
        one = desk.apply(person, matter)
        heard = at_once(lambda one=one: desk.claim(one), lambda one=one: desk.claim(one, COLLEAGUE))
        has = desk.of(one).claimed_by
        refused = [each for each in heard if isinstance(each, Conflict)]
        assert [(each.code, each.detail["claimed_by"]) for each in refused] == [
            ("application.claimed_by_another", has)
        ]
        events = desk.applications.documents.find_one({"_id": one})["outbox"]
        assert [each["data"]["official_id"] for each in events if "application.claimed" in each["type"]] == [
            has
        ]


def test_who_claims_again_changes_nothing(desk):
    one = desk.apply()
    before = desk.claim(one)
    assert desk.claim(one).version == before.version


def test_what_a_colleague_has_is_acted_on_after_it_was_taken_over(desk):
    one = desk.apply()
    desk.claim(one, COLLEAGUE)
    for step, more in (("accept", {}), ("decline", {"reason": "不归这里"})):
        with pytest.raises(Conflict) as refused:
            desk.step(step, one, **more)
        assert refused.value.code == "application.claimed_by_another"
    with pytest.raises(Conflict):
        desk.hand(one, "c1")
    with pytest.raises(Conflict):
        desk.release(one)
    desk.take_over(one)
    assert desk.step("accept", one).state == "accepted"
    assert desk.step("decide", one, STAND_IN, outcome="granted", reason=None).state == "decided"


def test_the_head_assigns_what_anybody_has_to_a_clerk_of_the_place(desk):
    one = desk.apply()
    desk.claim(one)
    for official in ("c4", "nobody", "h1"):
        with pytest.raises(Rejected) as refused:
            desk.hand(one, official, HEAD)
        assert refused.value.code == "application.no_such_colleague"
    desk.hand(one, "c2", HEAD, "请优先办理")
    assert (desk.of(one).claimed_by, desk.of(one).handed_by) == ("c2", "h1")
    desk.release(one, HEAD)
    assert desk.of(one).claimed_by == ""
    with pytest.raises(NotFound):
        desk.hand(one, "c2", STRANGER)


def test_what_somebody_had_who_has_left_is_everybodys_again(desk, affairs):
    one, other, done = desk.apply("r1", "m1"), desk.apply("r2", "m1"), desk.apply("r1", "m2")
    for id in (one, done):
        desk.claim(id)
    desk.claim(other, COLLEAGUE)
    desk.step("decline", done, reason="不归这里办")
    for _ in range(2):
        claiming.fall_back(desk.applications, "c1", affairs.call(CLERK))
    assert [desk.of(id).claimed_by for id in (one, other, done)] == ["", "c2", "c1"]
    last = desk.applications.documents.find_one({"_id": one})["outbox"][-1]
    assert (last["type"], last["data"]["why"]) == (
        "xiangzhi.affairs.application.released.v1",
        "left_office",
    )
    desk.colleagues.learn("c1", 5, {"active": False})
    with pytest.raises(Rejected):
        desk.hand(one, "c1", HEAD)


def test_the_head_sees_what_waits_with_whom_and_of_what(desk, affairs):
    one, late = desk.apply("r1", "m1"), MONDAY + timedelta(days=30)
    desk.apply("r2", "m1"), notified(desk, desk.apply("r1", "m2", given=PAPERS[:1]))
    desk.claim(one)
    found = inbox.workload(desk.applications, affairs.call(HEAD, now=late))
    assert [(row["official_id"], row["count"], row["overdue"]) for row in found["clerks"]] == [
        ("", 1, 1),
        ("c1", 1, 1),
    ]
    assert [(row["matter_id"], row["count"]) for row in found["matters"]] == [("m1", 2)]
    assert found["matters"][0]["oldest_at"] == MONDAY
    nobody = CivicActor("h2", "official", (Role("county_administrator", "510184"),))
    assert inbox.workload(desk.applications, affairs.call(nobody)) == {"clerks": [], "matters": []}


def test_remarks_are_added_and_corrected_by_another_and_never_changed(desk, affairs):
    one, scope = desk.apply(), scopes.only_the_desk_of_the_region(HEAD)

    def write(text, corrects=None, actor=HEAD, key=""):
        call = affairs.call(actor, key, application_id=one, text=text, corrects=corrects)
        return claiming.write_remark(desk.applications, scope, call)

    write("户口簿是旧版", key="once")
    with pytest.raises(AlreadyAnswered):
        write("户口簿是旧版", key="once")
    write("是新版，看错了", 1, CLERK)
    with pytest.raises(Rejected):
        write("更正", 7)
    kept = desk.of(one).remarks
    assert [(said["number"], said["by"], said["corrects"]) for said in kept] == [
        (1, "h1", None),
        (2, "c1", 1),
    ]
    document = desk.applications.documents.find_one({"_id": one})
    assert "看错了" not in str(document) and len(document["outbox"]) == 1
    assert "remarks" not in contract.Application().dump(desk.of(one))
    application = desk.of(one)
    desk.applications.save(application, application.erase("r1", MONDAY), affairs.call(CLERK))
    assert desk.of(one).remarks == []


def test_an_erased_applicant_is_found_by_name_no_more(desk, affairs):
    one = desk.apply("r1")
    desk.claim(one)
    desk.hand(one, "c2", note="王秀英的儿子来过")
    application = desk.of(one)
    desk.applications.save(application, application.erase("r1", MONDAY), affairs.call(CLERK))
    assert desk.rows(name="王秀英") == {} and desk.of(one).handing_note == ""


def test_what_the_version_before_wrote_comes_to_the_desk(desk, affairs):
    one = desk.apply()
    gone = dict.fromkeys(("claimed_by", "handed_by", "act_by", "name_hash", "claimed_at"), "")
    desk.applications.documents.update_one({"_id": one}, {"$unset": gone})
    assert desk.rows() == {}
    for _ in range(2):
        migrate(desk.applications.database, MIGRATIONS[1:])
    assert desk.rows() == {one: ["new"]} and desk.rows(name="王秀英") == {one: ["new"]}
    assert desk.applications.documents.count_documents(desk_from_before.NOT_ON_THE_DESK) == 0
