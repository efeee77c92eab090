"""Mandates: naming a helper, recording a paper, answering, ending, and what was done."""

from gateway.file_routes import photo_comes_in, photo_is_shown
from gateway.routing import Routes
from services.identity.people.mandates import contract

routes = Routes("委托代办 mandates", contract)

routes.post("/mandates", contract.offer_mandate, status=201)
routes.post("/mandates/papers", contract.record_mandate, status=201)
routes.get("/mandates", contract.list_mandates)
routes.get("/mandates/mine", contract.list_my_mandates)
routes.get("/mandates/{mandate_id}", contract.find_mandate)
routes.get("/mandates/{mandate_id}/paper", contract.find_mandate_paper)
photo_comes_in(
    routes,
    "/mandates/{mandate_id}/photos",
    contract.begin_mandate_photo,
    contract.put_mandate_photo_piece,
    contract.add_mandate_photo,
)
photo_is_shown(routes, "/mandates/{mandate_id}/photos/{photo_id}", contract.find_mandate_photo)
routes.post("/mandates/{mandate_id}/photos/{photo_id}/removal", contract.remove_mandate_photo)
routes.get("/mandates/{mandate_id}/acts", contract.list_mandate_acts)
routes.get("/mandates/{mandate_id}/authority", contract.mandate_authority)
routes.post("/mandates/{mandate_id}/acceptance", contract.accept_mandate)
routes.post("/mandates/{mandate_id}/refusal", contract.refuse_mandate)
routes.post("/mandates/{mandate_id}/ending", contract.end_mandate, formerly="/mandates/{mandate_id}/end")
