"""The taxonomy of complaints."""

from gateway.routing import PUBLIC, Routes
from services.integrity.categories import contract

routes = Routes("integrity", "举报类别 complaint categories")
routes.add(
    "GET", "/complaint-categories", "list_categories", contract.ListCategories, contract.CategoryPage, PUBLIC
)
routes.add(
    "GET",
    "/complaint-categories/search",
    "search_categories",
    contract.SearchCategories,
    contract.CategoryPage,
    PUBLIC,
)
routes.add(
    "GET",
    "/complaint-categories/{category_id}",
    "find_category",
    contract.FindCategory,
    contract.Category,
    PUBLIC,
)
