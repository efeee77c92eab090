"""People without an account whom a village knows."""

from gateway.routing import OFFICIALS, Routes
from services.identity.people.recorded import contract

routes = Routes("identity", "家庭 households")
ONE = "/recorded-people/{person_id}"
PERSON = contract.RecordedPerson

routes.add("POST", "/recorded-people", "record_person", contract.RecordPerson, PERSON, OFFICIALS, status=201)
routes.add(
    "GET", "/recorded-people", "list_recorded_people", contract.ListRecorded, contract.RecordedPage, OFFICIALS
)
routes.add("GET", ONE, "find_recorded_person", contract.FindRecorded, contract.WholeRecordedPerson, OFFICIALS)
routes.add("PATCH", ONE, "correct_recorded_person", contract.CorrectRecorded, PERSON, OFFICIALS)
routes.add("POST", f"{ONE}/link", "link_recorded_person", contract.LinkRecorded, PERSON, OFFICIALS)
routes.add("POST", f"{ONE}/ending", "end_recorded_person", contract.EndRecorded, PERSON, OFFICIALS)
