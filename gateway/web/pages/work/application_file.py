"""One photo that an applicant handed in, for the clerks who handle the application."""

from gateway.web.declarations import OFFICIALS, WebPage
from gateway.web.photos import of_an_application

PAGE = WebPage(
    "/work/applications/{application_id}/files/{file_id}",
    "照片",
    OFFICIALS,
    prepare=of_an_application,
    gives_file=True,
    in_full=True,
)
