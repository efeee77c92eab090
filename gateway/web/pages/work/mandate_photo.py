"""One photo of the paper of a mandate, for the officials who may see the mandate; each look is noted."""

from gateway.web.declarations import OFFICIALS, WebPage
from gateway.web.photos import of_a_mandate

PAGE = WebPage(
    "/work/mandates/{mandate_id}/photos/{photo_id}",
    "照片",
    OFFICIALS,
    prepare=of_a_mandate,
    gives_file=True,
    in_full=True,
)
