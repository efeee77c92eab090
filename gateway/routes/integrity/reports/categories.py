"""The taxonomy of complaints."""

from gateway.routing import Cached, Routes
from services.integrity.reports.categories import contract

routes = Routes("举报类别 complaint categories", contract)
# only the loader writes them, and it tells nobody: the time alone bounds the age of what is kept
UNTOLD = Cached()

routes.get("/complaint-categories", contract.list_categories, cached=UNTOLD)
routes.get("/complaint-categories/search", contract.search_categories, cached=UNTOLD)
routes.get("/complaint-categories/{category_id}", contract.find_category, cached=UNTOLD)
