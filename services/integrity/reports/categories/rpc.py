"""The taxonomy's endpoints."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.integrity.reports.categories import contract, views
from services.integrity.reports.categories.store import CategoryStore


class CategoryEndpoints:
    """The taxonomy is public."""

    categories = Provided(CategoryStore)

    @rpc(contract.find_category)
    def find_category(self, call: Call) -> dict:
        return self.categories.get(call.data["category_id"])

    @rpc(contract.list_categories)
    def list_categories(self, call: Call) -> dict:
        return views.below(self.categories, call)

    @rpc(contract.search_categories)
    def search_categories(self, call: Call) -> dict:
        return views.search(self.categories, call)
