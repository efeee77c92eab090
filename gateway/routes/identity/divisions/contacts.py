"""By which phone the office of a village or town is reached."""

from gateway.routing import Cached, Routes
from services.identity.divisions.contacts import contract

routes = Routes("联系方式 contacts", contract)
routes.get("/contacts/mine", contract.find_own_contacts)
routes.get(
    "/contacts/{region}",
    contract.find_contact,
    cached=Cached(("identity.contact.*",), one="region"),
)
routes.put("/contacts/{region}", contract.tell_contact)
