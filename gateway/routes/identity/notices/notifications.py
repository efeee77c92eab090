"""A person's in-app inbox."""

from gateway.routing import Routes
from services.identity.notices.notifications import contract

routes = Routes("通知 notices", contract)
routes.get("/notices", contract.list_notices)
routes.post("/notices/reading", contract.read_notices)
routes.post("/notices/{notice_id}/reading", contract.read_notice)
