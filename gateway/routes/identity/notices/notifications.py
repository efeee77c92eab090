"""A person's in-app inbox."""

from gateway.routing import SIGNED_IN, Routes
from services.identity.notices.notifications import contract

routes = Routes("identity", "通知 notices")
routes.add("GET", "/notices", "list_notices", contract.ListNotices, contract.NoticePage, SIGNED_IN)
routes.add(
    "POST",
    "/notices/{notice_id}/reading",
    "read_notice",
    contract.ReadNotice,
    contract.Notice,
    SIGNED_IN,
    assurance=0,
)
