"""One photo of the paper of a mandate that I gave or was given."""

from gateway.web.declarations import RESIDENTS, WebPage
from gateway.web.photos import of_a_mandate

PAGE = WebPage(
    "/my/helpers/{mandate_id}/photos/{photo_id}",
    "照片",
    RESIDENTS,
    prepare=of_a_mandate,
    gives_file=True,
    in_full=True,
)
