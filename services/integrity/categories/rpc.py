"""The taxonomy's doors."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.integrity.categories import contract, views
from services.integrity.categories.store import CategoryStore


class CategoryDoors:
    """The taxonomy is public."""

    categories = Uses(CategoryStore)

    @rpc(contract.FindCategory, contract.Category, allow=(ANYONE,))
    def find_category(self, call):
        return self.categories.get(call.data["category_id"])

    @rpc(contract.ListCategories, contract.CategoryPage, allow=(ANYONE,))
    def list_categories(self, call):
        return views.below(self.categories, call)

    @rpc(contract.SearchCategories, contract.CategoryPage, allow=(ANYONE,))
    def search_categories(self, call):
        return views.search(self.categories, call)
