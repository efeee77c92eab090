"""Shapes of divisions."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, Whole, page_of
from services.chassis.events.event import Event, public
from services.civic.operation import Operation

LEVELS = ("county", "town", "village")
MOST_OF_A_VILLAGE = 1_000_000


class Edition(fields.String):
    """A year in which the statistical codes were published."""

    def __init__(self, **kwargs):
        super().__init__(validate=validate.Regexp(r"\A[0-9]{4}\Z"), **kwargs)


ASKED = {
    "load_default": None,
    "allow_none": True,
    "metadata": {"description": "版次，例如 2019；不填为本县采用的版次"},
}


def figure(description: str) -> Whole:
    """Declare one of a village's figures."""
    return Whole(0, MOST_OF_A_VILLAGE, metadata={"description": description})


class FindRegion(Shape):
    """What a code names in an edition; in the one that the county has adopted where none is asked for."""

    code = Region(required=True)
    edition = Edition(**ASKED)


class ListRegions(Page):
    """The divisions directly below one, by code, in an edition or in the adopted one."""

    parent = Region(required=True)
    edition = Edition(**ASKED)


class SearchRegions(Page):
    """The towns and villages whose names hold every word, in an edition or in the adopted one; shortest name first."""

    text = Text(
        40, required=True, metadata={"description": "名称、拼音或拼音首字母，例如 三河村、sanhe、shc"}
    )
    within = Region(required=True, metadata={"description": "在哪个县或镇街里找"})
    edition = Edition(**ASKED)


class ListEditions(Page):
    """What a code names in each edition that has it, oldest first."""

    code = Region(required=True)


class _OfAVillage:
    """What is counted in a village."""

    population = figure("人口数")
    households = figure("户数")
    smartphone_users = figure("智能手机用户数")
    aged_18_to_65 = figure("18 至 65 岁人口数")
    households_4g = figure("4G 覆盖户数")
    households_fibre = figure("通光纤户数")


class ChangeFigures(_OfAVillage, Shape):
    """What is changed of a village's figures, in the adopted edition; what is not named stays."""

    code = Region(required=True)


class Figures(_OfAVillage, Answer):
    """A village's figures; what was never told is absent."""


class FiguresChange(Answer):
    """Who changed a village's figures when, and how they stood afterwards."""

    by = Id(required=True)
    at = Time(required=True)
    figures = fields.Nested(Figures, required=True)


class FiguresHistory(Answer):
    """The last 100 changes of a village's figures, newest first."""

    items = fields.List(fields.Nested(FiguresChange), required=True)


class Kin(Answer):
    """A division in the edition before or after."""

    edition = Edition(required=True)
    code = Region(required=True)


class Division(Answer):
    """A division with its code, official and short name, level and edition.

    `successors` and `predecessors` are empty where they are not known: what was renamed, split or merged.
    """

    code = Region(required=True, attribute="region")
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    parent = Region(required=True, allow_none=True)
    parent_name = fields.String(required=True, allow_none=True)
    edition = fields.String(required=True)
    successors = fields.List(fields.Nested(Kin), required=True)
    predecessors = fields.List(fields.Nested(Kin), required=True)
    figures = fields.Nested(Figures, required=True)


DivisionPage = page_of(Division)


class RegionPublished(Event):
    """A division was entered or its entry changed."""

    name = "identity.region.published"
    code = public(Region(required=True))
    edition = public(fields.String(required=True))


class CountyEditionAdopted(Event):
    """A county's codes are read in another edition from now on where none is named."""

    name = "identity.county.edition_adopted"
    code = public(Region(required=True))
    edition = public(fields.String(required=True))


class RegionFiguresChanged(Event):
    """A village's figures were changed; it tells all of them that are known, as they stand afterwards."""

    name = "identity.region.figures_changed"
    code = public(Region(required=True))
    edition = public(fields.String(required=True))
    population = public(figure("人口数"))
    households = public(figure("户数"))
    smartphone_users = public(figure("智能手机用户数"))
    aged_18_to_65 = public(figure("18 至 65 岁人口数"))
    households_4g = public(figure("4G 覆盖户数"))
    households_fibre = public(figure("通光纤户数"))


EDITORS = ("village_administrator", "town_administrator", "county_administrator")

find_region = Operation(FindRegion, Division, allow=(ANYONE,))
list_regions = Operation(ListRegions, DivisionPage, allow=(ANYONE,))
search_regions = Operation(SearchRegions, DivisionPage, allow=(ANYONE,))
list_editions = Operation(ListEditions, DivisionPage, allow=(ANYONE,))
change_figures = Operation(ChangeFigures, Division, allow=EDITORS, writes=True)
figures_history = Operation(FindRegion, FiguresHistory, allow=EDITORS)
