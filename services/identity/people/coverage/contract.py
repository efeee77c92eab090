"""Shapes of the coverage board; it is public and shows no count that could be a handful of known people."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Page, Region, Shape, Whole, page_of
from services.civic.operation import Operation

MOST_ROWS = 100


class FindCoverage(Shape):
    """The figures of one division."""

    code = Region(required=True)


class ListCoverage(Shape):
    """The figures of the divisions directly below one, by code, after the code that the page before ended with."""

    parent = Region(required=True)
    limit = Whole(1, MOST_ROWS, load_default=MOST_ROWS)
    after = Region(load_default=None, allow_none=True)


class ListCoverageDays(Page):
    """The figures of one division at the end of each day, the latest day first.

    With `edition` of what the code named then, as far as it was the same division.
    """

    code = Region(required=True)
    edition = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"\A[0-9]{4}\Z"),
        metadata={"description": "版次，例如 2019；不填为本县采用的版次"},
    )


def _count(description: str) -> fields.Integer:
    return fields.Integer(required=True, allow_none=True, metadata={"description": description})


class Coverage(Answer):
    """A division's figures; null is what its villages never told, and a count of 1 to 4."""

    code = Region(required=True)
    villages = fields.Integer(required=True, metadata={"description": "村（社区）数"})
    certified = _count("已认证居民数；1 至 4 人时不显示")
    population = _count("人口数")
    smartphone_users = _count("智能手机用户数")
    aged_18_to_65 = _count("18 至 65 岁人口数")
    percent_of_smartphone_users = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "已认证居民占智能手机用户的百分比，只算报了用户数的村"},
    )


class CoverageNow(Coverage):
    """A division's figures, beside those of the end of the day 30 days before; null where no such day was kept."""

    certified_30_days_before = _count("30 天前的已认证居民数")
    percent_30_days_before = fields.Float(
        required=True, allow_none=True, metadata={"description": "30 天前占智能手机用户的百分比"}
    )


class CoverageList(Answer):
    """The figures of several divisions."""

    items = fields.List(fields.Nested(CoverageNow), required=True)
    next = Region(required=True, allow_none=True)


class CoverageDay(Coverage):
    """A division's figures at the end of a day (China Standard Time); today's follow within a quarter of an hour."""

    day = fields.String(required=True, metadata={"format": "date"})
    edition = fields.String(required=True, metadata={"description": "当时采用的区划版次"})


CoverageDayPage = page_of(CoverageDay)


find_coverage = Operation(FindCoverage, CoverageNow, allow=(ANYONE,))
list_coverage = Operation(ListCoverage, CoverageList, allow=(ANYONE,))
list_coverage_days = Operation(ListCoverageDays, CoverageDayPage, allow=(ANYONE,))
