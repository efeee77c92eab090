"""Results on paper: issued, fetched, handed over, revoked, and verified by anybody."""

from gateway.routing import Routes, Upload
from gateway.uploads import streamed
from services.affairs.matters.results import contract

routes = Routes("结果文书 results", contract)

OF_ONE = "/applications/{application_id}/results"
ONE = "/results/{result_id}"
CHECKS = "/paper-checks"

MAKING_SECONDS = 40.0
"""How long somebody waits until a paper was set and signed: each child has twenty seconds."""

CHECKING_SECONDS = 25.0

routes.post(OF_ONE, contract.issue_result, status=201, seconds=MAKING_SECONDS)
routes.get(OF_ONE, contract.list_application_results)
routes.get("/results", contract.list_results_to_hand_over)
routes.get(ONE, contract.find_result)
routes.get(
    f"{ONE}/file",
    contract.find_result_file,
    media=("application/pdf",),
    only_media=True,
    finish=streamed("affairs"),
)
routes.post(f"{ONE}/delivery", contract.choose_result_delivery)
routes.post(f"{ONE}/handover", contract.hand_over_result)
routes.post(f"{ONE}/revocation", contract.revoke_result)
routes.get(f"{CHECKS}/{{token}}", contract.check_paper_token)
routes.post(f"{CHECKS}/by-number", contract.check_paper_number)
routes.post(
    f"{CHECKS}/by-file",
    contract.check_paper_file,
    upload=Upload("paper", "", "", contract.MOST_BYTES, called="文件", accept=".pdf"),
    seconds=CHECKING_SECONDS,
)
