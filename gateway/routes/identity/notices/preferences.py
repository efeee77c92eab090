"""Where a person is told what."""

from gateway.routing import Routes
from services.identity.notices.preferences import contract

routes = Routes("通知 notices", contract)
routes.get("/notices/preferences", contract.list_preferences)
routes.put("/notices/preferences", contract.choose_preferences)
