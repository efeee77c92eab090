"""How it is told what was looked for in vain."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Page, Time, page_of


class ListVainSearches(Page):
    """What was looked for and not found."""


class VainSearch(Answer):
    """Words that found nothing, and how often they were asked."""

    words = fields.String(required=True, metadata={"description": "没有找到结果的搜索词"})
    count = fields.Integer(required=True, metadata={"description": "有几天有人这样搜过"})
    last_at = Time(required=True, metadata={"description": "最近一次搜索的时间"})


VainSearchPage = page_of(VainSearch)
