"""The PDF of a result, for the office that issued it."""

from gateway.web.declarations import OFFICIALS, WebPage
from gateway.web.photos import of_a_result

PAGE = WebPage(
    "/work/results/{result_id}/file",
    "结果文书",
    OFFICIALS,
    prepare=of_a_result,
    gives_file=True,
    in_full=True,
)
