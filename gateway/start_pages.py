"""The start pages: a resident's own affairs, a seller's trade, and an official's work."""

from types import ModuleType

from gateway.aggregation import AggregatedPage, Part
from gateway.routing import Named
from services.affairs.civic import contract as affairs_closures
from services.affairs.matters.applications import contract as applications
from services.civic.operation import Operation
from services.identity.notices.notifications import contract as notices
from services.identity.people.residents import operations as residents
from services.identity.privacy.erasures import contract as erasures
from services.identity.subscribers.departments import contract as departments
from services.integrity.reports.cases import contract as reports
from services.integrity.reports.categories import contract as categories
from services.market.civic import contract as market_closures
from services.market.selling.claims import contract as claims
from services.market.selling.listings import contract as listings
from services.market.selling.orders import contract as orders

TAG = "首页 overview"
ROWS = 5
"""Rows of each list: a start page shows the latest, the lists have the rest."""

RESIDENTS, OFFICIALS = ("resident",), ("official",)


def _latest(contract: ModuleType, operation: Operation, **asked) -> Part:
    return Part(Named.of(contract, operation), lambda actor: {"limit": ROWS, **asked})


def _whole(contract: ModuleType, operation: Operation, **options) -> Part:
    return Part(Named.of(contract, operation), lambda actor: {}, **options)


UNREAD = _latest(notices, notices.list_notices, unread=True)

MINE = AggregatedPage(
    "/overview",
    "my_overview",
    "A resident's start page: what is new, my applications, what I bought, what can be reported; on request, who I am.",
    RESIDENTS,
    TAG,
    {
        # seldom changes, and notices tell of certification, corrections, moves and a lower assurance
        "profile": Part(
            Named.of(residents, residents.find_resident),
            lambda actor: {"resident_id": actor.id},
            on_request=True,
        ),
        "notices": UNREAD,
        "applications": _latest(applications, applications.list_my_applications),
        "orders": _latest(orders, orders.list_orders),
        # the same for everybody, and on everybody's page: nobody is asked whether they mean to report,
        # and a report is found by its receipt only, never by its reporter
        "report_categories": _whole(categories, categories.list_categories, public=True),
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
        "to_ship": _latest(orders, orders.list_orders, side="seller", state="paid"),
        "orders": _latest(orders, orders.list_orders, side="seller"),
        "listings": _latest(listings, listings.list_own_listings),
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
        "residents": _latest(residents, residents.list_residents),
        "departments": _latest(departments, departments.list_departments),
        "department_changes": _latest(departments, departments.list_departments, change_asked=True),
        "applications": _latest(applications, applications.list_applications),
        "listings": _latest(listings, listings.list_listings),
        "disputes": _latest(claims, claims.list_disputes),
        "reports": _latest(reports, reports.list_reports),
    },
)

LEAVING = AggregatedPage(
    "/erasures/preview",
    "erasure_preview",
    "Before a resident asks to be erased: what a law has kept, how long it can be cancelled, and what has to be finished first.",
    RESIDENTS,
    TAG,
    {
        "terms": _whole(erasures, erasures.find_erasure_terms),
        "applications": _whole(affairs_closures, affairs_closures.list_applications_in_the_way),
        "orders": _whole(market_closures, market_closures.list_orders_in_the_way),
    },
)

PAGES = (MINE, SALES, WORK, LEAVING)
