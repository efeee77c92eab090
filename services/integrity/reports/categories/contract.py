"""Shapes of the taxonomy."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Shape, Text, Whole, page_of
from services.civic.operation import Operation


class FindCategory(Shape):
    """One category by its id."""

    category_id = Id(required=True)


class ListCategories(Page):
    """The categories directly below one (the top ones where none is named), in the taxonomy's order."""

    parent = Id(load_default=None, allow_none=True)


class SearchCategories(Page):
    """The categories of a level whose full name holds the words, in the taxonomy's order."""

    text = Text(50, required=True, metadata={"description": "名称中的字词，例如 挪用 公款"})
    level = Whole(1, 3, load_default=3)


class Category(Answer):
    """A category: reports are filed under one of level 3."""

    id = Id(required=True)
    parent = Id(required=True, allow_none=True)
    level = fields.Integer(required=True, validate=validate.Range(1, 3))
    name = fields.String(required=True)
    full_name = fields.String(required=True)


CategoryPage = page_of(Category)


find_category = Operation(FindCategory, Category, allow=(ANYONE,))
list_categories = Operation(ListCategories, CategoryPage, allow=(ANYONE,))
search_categories = Operation(SearchCategories, CategoryPage, allow=(ANYONE,))
