"""People without an account whom a village knows."""

from gateway.routing import Routes
from services.identity.people.recorded import contract

routes = Routes("家庭 households", contract)

routes.post("/recorded-people", contract.record_person, status=201)
routes.get("/recorded-people", contract.list_recorded_people)
routes.get("/recorded-people/{person_id}", contract.find_recorded_person)
routes.patch("/recorded-people/{person_id}", contract.correct_recorded_person)
routes.post("/recorded-people/{person_id}/link", contract.link_recorded_person)
routes.post("/recorded-people/{person_id}/ending", contract.end_recorded_person)
