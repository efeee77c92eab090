"""A page of which no part is there: it says so for each, and stays a page."""

from types import SimpleNamespace

import pytest
from flask import Flask

import gateway.web.pages as pages
from gateway.routes import ALL as ROUTES
from gateway.web import rendering, static, type_size
from gateway.web.asking import CLOSED, PageAsker, PagePart
from gateway.web.declarations import of_the_api
from gateway.web.stamps import Stamps
from gateway.web.views import Views
from gateway.web.visit import PageVisit, Query
from services.chassis.core.actor import Role
from services.civic.actor import CivicActor

WORK = [name for name, page in pages.ALL.items() if name.startswith("work/") and not page.gives_file]
COUNTY = "510183"
ROLES = ("village_administrator", "town_administrator", "county_administrator", "clerk", "discipline_officer")


class NothingThere(PageAsker):
    """Finds every part missing, as while the services do not answer or where the office is another's."""

    def __init__(self, missing: str):
        self.routes, self.missing = of_the_api(ROUTES), missing

    def parts(self, visit, reads):
        return {name: PagePart(missing=self.missing, passing=self.missing != CLOSED) for name in reads}


def shown(template: str, missing: str, *roles: str) -> str:
    """Show a page of which every part is missing to an official of these roles."""
    app, page = Flask(__name__), pages.ALL[template]
    static.install(app)
    rendering.install(app)
    type_size.install(app)
    views = Views(NothingThere(missing), SimpleNamespace(), Stamps(b"key"), list(pages.ALL.values()), COUNTY)
    app.extensions["web"] = views
    official = CivicActor("o-1", "official", tuple(Role(name, COUNTY) for name in roles), "s-1")
    with app.test_request_context(page.path) as context:
        visit = PageVisit(page, context.request, official, _path(page.path), Query(), home_county=COUNTY)
        return views.show(visit, template).get_data(as_text=True)


def _path(path: str) -> dict[str, str]:
    return {part[1:-1]: "none" for part in path.split("/") if part.startswith("{")}


@pytest.mark.parametrize("template", WORK)
def test_what_does_not_answer_is_said(template):
    text = shown(template, "服务繁忙，请稍后再试。", *ROLES)
    assert text.count("服务繁忙，请稍后再试。") >= len(pages.ALL[template].reads) - len(
        UNSAID.get(template, ())
    )


UNSAID = {
    "work/powers.html": ("powers",),
    "work/figures.html": ("below", "history"),
    "work/resident.html": ("match",),
    "work/catalogue_import.html": ("lines",),
    "work/household.html": ("other", "others"),
    "work/invite.html": ("home", "towns"),
    "work/application.html": ("handling", "sentences", "results", "look_up"),
    "work/inbox.html": ("counts", "below"),
    "work/start.html": ("counts",),
    "work/mandate.html": ("deeds",),
    "work/matter.html": ("draft",),
    "work/matters.html": ("matters",),
}
"""What a page goes without where it is not there: what only decorates it, or stands on it at other times."""


@pytest.mark.parametrize("template", WORK)
def test_nobody_is_shown_the_queues_of_other_offices(template):
    text = shown(template, CLOSED)
    if template == "work/start.html":
        assert "待认证的居民" not in text
        assert "待办的举报" not in text
