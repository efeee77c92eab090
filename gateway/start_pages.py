"""The start pages: a resident's own affairs, a seller's trade, and an official's work."""

from gateway.aggregation import AggregatedPage, Part
from gateway.routing import OFFICIALS, RESIDENTS
from services.affairs.civic.contract import AffairsObstacles
from services.affairs.matters.applications.contract import ApplicationPage
from services.identity.notices.notifications.contract import NoticePage
from services.identity.people.residents.contract import Resident, ResidentPage
from services.identity.privacy.erasures.contract import ErasureTerms
from services.identity.subscribers.departments.contract import DepartmentPage
from services.integrity.reports.cases.contract import ReportPage
from services.integrity.reports.categories.contract import CategoryPage
from services.market.civic.contract import MarketObstacles
from services.market.selling.listings.contract import ListingPage
from services.market.selling.orders.contract import OrderPage

TAG = "首页 overview"
ROWS = 5
"""Rows of each list: a start page shows the latest, the lists have the rest."""


def _latest(service: str, door: str, answer, **asked) -> Part:
    return Part(service, door, answer, lambda actor: {"limit": ROWS, **asked})


UNREAD = _latest("identity", "list_notices", NoticePage, unread=True)

MINE = AggregatedPage(
    "/overview",
    "my_overview",
    "A resident's start page: what is new, my applications, what I bought, what can be reported; on request, who I am.",
    RESIDENTS,
    TAG,
    {
        # seldom changes, and notices tell of certification, corrections, moves and a lower assurance
        "profile": Part(
            "identity", "find_resident", Resident, lambda actor: {"resident_id": actor.id}, on_request=True
        ),
        "notices": UNREAD,
        "applications": _latest("affairs", "list_my_applications", ApplicationPage),
        "orders": _latest("market", "list_orders", OrderPage),
        # the same for everybody, and on everybody's page: nobody is asked whether they mean to report,
        # and a report is found by its receipt only, never by its reporter
        "report_categories": Part(
            "integrity", "list_categories", CategoryPage, lambda actor: {}, public=True
        ),
    },
)

# few residents sell: what only sellers need is not read for everybody
SALES = AggregatedPage(
    "/overview/sales",
    "sales_overview",
    "A seller's start page: what I have to ship, what was bought from me, and what I offer.",
    RESIDENTS,
    TAG,
    {
        "to_ship": _latest("market", "list_orders", OrderPage, side="seller", state="paid"),
        "orders": _latest("market", "list_orders", OrderPage, side="seller"),
        "listings": _latest("market", "list_own_listings", ListingPage),
    },
)

WORK = AggregatedPage(
    "/overview/work",
    "work_overview",
    "An official's start page: what waits longest in each queue; queues of other offices say that they are not for this one.",
    OFFICIALS,
    TAG,
    {
        "notices": UNREAD,
        "residents": _latest("identity", "list_residents", ResidentPage),
        "departments": _latest("identity", "list_departments", DepartmentPage),
        "applications": _latest("affairs", "list_applications", ApplicationPage),
        "listings": _latest("market", "list_listings", ListingPage),
        "reports": _latest("integrity", "list_reports", ReportPage),
    },
)

LEAVING = AggregatedPage(
    "/erasures/preview",
    "erasure_preview",
    "Before a resident asks to be erased: what a law has kept, how long it can be cancelled, and what has to be finished first.",
    RESIDENTS,
    TAG,
    {
        "terms": Part("identity", "find_erasure_terms", ErasureTerms, lambda actor: {}),
        "applications": Part("affairs", "list_applications_in_the_way", AffairsObstacles, lambda actor: {}),
        "orders": Part("market", "list_orders_in_the_way", MarketObstacles, lambda actor: {}),
    },
)

PAGES = (MINE, SALES, WORK, LEAVING)
