"""What personal data is used for, and what a resident has consented to."""

from gateway.routing import Cached, Routes
from services.identity.privacy.consents import contract

routes = Routes("个人信息 privacy", contract)
routes.get("/privacy/notice", contract.find_privacy_notice, cached=Cached())
routes.get("/consents", contract.list_consents)
routes.get("/consents/decisions", contract.list_consent_decisions)
routes.post("/consents/{purpose}/giving", contract.give_consent)
routes.post("/consents/{purpose}/withdrawal", contract.withdraw_consent)
