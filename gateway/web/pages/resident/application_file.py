"""One photo that I handed in for an application."""

from gateway.web.declarations import RESIDENTS, WebPage
from gateway.web.photos import of_an_application

PAGE = WebPage(
    "/my/applications/{application_id}/files/{file_id}",
    "照片",
    RESIDENTS,
    prepare=of_an_application,
    gives_file=True,
    in_full=True,
)
