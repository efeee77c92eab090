"""Where a person is told what."""

from gateway.routing import SIGNED_IN, Routes
from services.identity.notices.preferences import contract

routes = Routes("identity", "通知 notices")
routes.add("GET", "/notices/preferences", "list_preferences", None, contract.Preferences, SIGNED_IN)
routes.add(
    "PUT",
    "/notices/preferences",
    "choose_preferences",
    contract.ChoosePreferences,
    contract.Preferences,
    SIGNED_IN,
    assurance=0,
)
