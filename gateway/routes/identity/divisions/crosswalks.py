"""Tables of successors from one edition of the divisions to the next."""

from gateway.routing import OFFICIALS, Routes
from services.identity.divisions.crosswalks import contract

ONE = "/successions/{succession_id}"

routes = Routes("identity", "区划 regions")
routes.add(
    "POST",
    "/successions",
    "begin_succession",
    contract.BeginSuccession,
    contract.SuccessionHead,
    OFFICIALS,
    status=201,
)
routes.add(
    "GET", "/successions", "list_successions", contract.ListSuccessions, contract.SuccessionPage, OFFICIALS
)
routes.add("GET", ONE, "find_succession", contract.FindSuccession, contract.Succession, OFFICIALS)
routes.add(
    "POST", f"{ONE}/rows", "settle_succession", contract.SettleSuccession, contract.SuccessionHead, OFFICIALS
)
routes.add(
    "GET", f"{ONE}/rehearsal", "rehearse_succession", contract.FindSuccession, contract.Rehearsal, OFFICIALS
)
routes.add(
    "POST", f"{ONE}/rehearsal", "ask_rehearsal", contract.FindSuccession, contract.SuccessionHead, OFFICIALS
)
routes.add(
    "POST",
    f"{ONE}/confirmation",
    "confirm_succession",
    contract.FindSuccession,
    contract.SuccessionHead,
    OFFICIALS,
)
