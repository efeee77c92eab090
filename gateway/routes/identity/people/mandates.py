"""Mandates: naming a helper, recording a paper, answering, ending, and what was done."""

from gateway.routing import OFFICIALS, RESIDENTS, SIGNED_IN, Routes
from services.identity.people.mandates import contract

routes = Routes("identity", "委托代办 mandates")
ONE = "/mandates/{mandate_id}"

routes.add(
    "POST",
    "/mandates",
    "offer_mandate",
    contract.OfferMandate,
    contract.Mandate,
    RESIDENTS,
    status=201,
    assurance=0,
)
routes.add(
    "POST",
    "/mandates/papers",
    "record_mandate",
    contract.RecordMandate,
    contract.Mandate,
    OFFICIALS,
    status=201,
)
routes.add("GET", "/mandates", "list_mandates", contract.ListMandates, contract.MandatePage, OFFICIALS)
routes.add(
    "GET", "/mandates/mine", "list_my_mandates", contract.ListMyMandates, contract.MandatePage, RESIDENTS
)
routes.add("GET", ONE, "find_mandate", contract.FindMandate, contract.Mandate, SIGNED_IN)
routes.add("GET", f"{ONE}/paper", "find_mandate_paper", contract.FindMandate, contract.Paper, SIGNED_IN)
routes.add("GET", f"{ONE}/acts", "list_mandate_acts", contract.ListActs, contract.ActPage, SIGNED_IN)
routes.add(
    "GET", f"{ONE}/authority", "mandate_authority", contract.AskAuthority, contract.Authority, RESIDENTS
)
routes.add(
    "POST",
    f"{ONE}/acceptance",
    "accept_mandate",
    contract.FindMandate,
    contract.Mandate,
    RESIDENTS,
    assurance=0,
)
routes.add(
    "POST", f"{ONE}/refusal", "refuse_mandate", contract.FindMandate, contract.Mandate, RESIDENTS, assurance=0
)
routes.add("POST", f"{ONE}/end", "end_mandate", contract.EndMandate, contract.Mandate, SIGNED_IN, assurance=0)
