"""The taxonomy of complaints."""

from gateway.routing import PUBLIC, Cached, Routes
from services.integrity.reports.categories import contract

routes = Routes("integrity", "举报类别 complaint categories")
# only the loader writes them, and it tells nobody: the time alone bounds the age of what is kept
UNTOLD = Cached()

routes.add(
    "GET",
    "/complaint-categories",
    "list_categories",
    contract.ListCategories,
    contract.CategoryPage,
    PUBLIC,
    cached=UNTOLD,
)
routes.add(
    "GET",
    "/complaint-categories/search",
    "search_categories",
    contract.SearchCategories,
    contract.CategoryPage,
    PUBLIC,
    cached=UNTOLD,
)
routes.add(
    "GET",
    "/complaint-categories/{category_id}",
    "find_category",
    contract.FindCategory,
    contract.Category,
    PUBLIC,
    cached=UNTOLD,
)
