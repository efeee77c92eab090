"""The taxonomy's doors."""

from services.chassis.core.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.integrity.reports.categories import contract, views
from services.integrity.reports.categories.store import CategoryStore


class CategoryEndpoints:
    """The taxonomy is public."""

    categories = Provided(CategoryStore)

    @rpc(contract.FindCategory, contract.Category, allow=(ANYONE,))
    def find_category(self, call):
        return self.categories.get(call.data["category_id"])

    @rpc(contract.ListCategories, contract.CategoryPage, allow=(ANYONE,))
    def list_categories(self, call):
        return views.below(self.categories, call)

    @rpc(contract.SearchCategories, contract.CategoryPage, allow=(ANYONE,))
    def search_categories(self, call):
        return views.search(self.categories, call)
