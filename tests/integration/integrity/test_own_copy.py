"""A person's copy names the reports under the own name, without what was reported; an anonymous report stays nobody's."""

from bson import json_util

from services.civic.actor import CivicActor
from services.integrity.service import Service
from tests.integration.integrity.endpoints import VILLAGE, officer

HER = CivicActor("r1", "resident", assurance=1)


def test_only_a_report_under_the_own_name_is_in_the_copy_and_nothing_of_what_it_says(integrity, database):
    integrity.people.learn("r1", 1, {"region": VILLAGE, "regions": [], "certified": True})
    assert integrity.submit(HER)["state"] == "received"
    assert Service.held_of_a_person.make(database).copy_of(["r1"]) == []
    integrity.submit(HER, real_name=True)
    (section,) = Service.held_of_a_person.make(database).copy_of(["r1"])
    (row,) = section["rows"]
    assert row["state"] == "received" and "挪用" in row["category_name"]
    told = json_util.dumps(section, ensure_ascii=False)
    assert "张某某" not in told and "修路款" not in told and VILLAGE not in told
    assert Service.held_of_a_person.make(database).copy_of(["r2"]) == []


def test_an_anonymous_report_holds_no_trace_of_a_reporter_also_after_it_is_handled(integrity, database):
    opened = integrity.accepted()
    integrity.ask("answer_report", {"report_id": opened.id, "text": "请补充材料"}, officer())
    (stored,) = database.reports.find()
    assert "reporter_hash" not in stored


def test_a_report_under_the_own_name_stays_findable_when_it_is_handled(integrity, database):
    integrity.people.learn("r1", 1, {"region": VILLAGE, "regions": [], "certified": True})
    integrity.submit(HER, real_name=True)
    id = integrity.only_id()
    integrity.ask("accept_report", {"report_id": id}, officer())
    integrity.ask("answer_report", {"report_id": id, "text": "请补充材料"}, officer())
    ((row,),) = [section["rows"] for section in Service.held_of_a_person.make(database).copy_of(["r1"])]
    assert row["state"] == "accepted"
