"""The powers of a village."""

from gateway.routing import Cached, Routes
from services.integrity.openness.powers import contract

routes = Routes("小微权力 powers", contract)
TOLD = ("integrity.power.*",)
ONE, DRAFT = "/powers/{power_id}", "/powers/{power_id}/draft"
VERSION = "/powers/{power_id}/versions/{number}"

routes.get("/powers", contract.list_powers, cached=Cached(TOLD))
routes.get("/powers/of-category", contract.list_powers_of_category, cached=Cached(TOLD))
routes.get("/powers/of-matter", contract.list_powers_of_matter, cached=Cached(TOLD))
routes.get(ONE, contract.find_power, cached=Cached(TOLD, one="power_id"))
routes.get(VERSION, contract.find_power_version, cached=Cached(TOLD))
routes.get(f"{VERSION}/differences", contract.compare_power_version, cached=Cached(TOLD))
routes.post(f"{ONE}/withdrawal", contract.withdraw_power)
routes.get("/power-drafts", contract.list_power_drafts)
routes.post("/power-drafts", contract.begin_power, status=201)
routes.get("/power-reviews", contract.list_power_reviews)
routes.get("/vain-power-searches", contract.list_vain_power_searches)
routes.get(DRAFT, contract.find_power_draft)
routes.post(DRAFT, contract.write_power_draft)
routes.post(f"{DRAFT}/submission", contract.submit_power_draft)
routes.post(f"{DRAFT}/return", contract.return_power_draft)
routes.post(f"{DRAFT}/publication", contract.publish_power_draft)
routes.post(f"{DRAFT}/discarding", contract.discard_power_draft)
