"""Reads of a page that need what another one has told."""

from flask import current_app

from gateway.web.asking import PagePart
from gateway.web.declarations import Read
from gateway.web.visit import PageVisit


def asked_after(visit: PageVisit, **reads: Read) -> dict[str, PagePart]:
    """Ask for further parts, all at once; one that does not exist is missing, for the page is there without it."""
    optional = {name: Read(one.at, one.given, one.passed, optional=True) for name, one in reads.items()}
    return current_app.extensions["web"].asking.parts(visit, optional)
