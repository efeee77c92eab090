"""What personal data is used for, and what a resident has consented to."""

from gateway.routing import PUBLIC, RESIDENTS, Cached, Routes
from services.identity.privacy.consents import contract

routes = Routes("identity", "个人信息 privacy")
routes.add(
    "GET",
    "/privacy/notice",
    "find_privacy_notice",
    contract.FindNotice,
    contract.PrivacyNotice,
    PUBLIC,
    # a file of the release: no event tells of a change
    cached=Cached(),
)
routes.add("GET", "/consents", "list_consents", None, contract.Consents, RESIDENTS)
routes.add(
    "GET",
    "/consents/decisions",
    "list_consent_decisions",
    contract.ListDecisions,
    contract.DecisionPage,
    RESIDENTS,
)
for verb, door, request in (
    ("giving", "give_consent", contract.GiveConsent),
    ("withdrawal", "withdraw_consent", contract.WithdrawConsent),
):
    routes.add(
        "POST", f"/consents/{{purpose}}/{verb}", door, request, contract.Decision, RESIDENTS, assurance=0
    )
