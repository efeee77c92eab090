"""The PDF of a result, for whom it is of."""

from gateway.web.declarations import RESIDENTS, WebPage
from gateway.web.photos import of_a_result

PAGE = WebPage(
    "/my/results/{result_id}/file",
    "结果文书",
    RESIDENTS,
    prepare=of_a_result,
    gives_file=True,
    in_full=True,
)
