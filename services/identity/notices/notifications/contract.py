"""Shapes of notices."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, page_of
from services.civic.operation import Operation

LONGEST_ID = 128
"""Characters of a notice's id: those of before 0.2.0 were put together of others and have up to 76."""


class ListNotices(Page):
    """The caller's own notices, newest first: all, or the unread ones only."""

    unread = fields.Boolean(load_default=False, metadata={"description": "只看未读"})


class ReadNotice(Shape):
    """Mark one of the caller's notices as read."""

    notice_id = Id(most=LONGEST_ID, required=True)


class ReadNotices(Shape):
    """Mark all of the caller's notices as read, up to the newest one that was seen: what comes meanwhile stays unread."""

    up_to = Id(most=LONGEST_ID, required=True, metadata={"description": "看到的最新一条通知的编号"})


class NoticesRead(Answer):
    """Up to which notice all are read."""

    up_to = Id(most=LONGEST_ID, required=True)


class Notice(Answer):
    """One notice: what happened to what, in a plain sentence."""

    id = Id(most=LONGEST_ID, required=True)
    about = fields.String(required=True, metadata={"description": "事件名称，如 affairs.application.decided"})
    subject = Id(required=True, metadata={"description": "所涉事项的编号"})
    title = fields.String(required=True, metadata={"description": "所涉事项或商品的名称，事件没有名称时为空"})
    text = fields.String(required=True)
    created_at = Time(required=True)
    read_at = Time(required=True, allow_none=True)


NoticePage = page_of(Notice)

EVERYBODY = ("resident", "official", "department")

list_notices = Operation(ListNotices, NoticePage, allow=EVERYBODY)
read_notices = Operation(ReadNotices, NoticesRead, allow=EVERYBODY, writes=True, assurance=0)
read_notice = Operation(ReadNotice, Notice, allow=EVERYBODY, writes=True, assurance=0)
