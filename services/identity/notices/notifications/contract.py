"""Shapes of notices."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, page_of
from services.civic.operation import Operation


class ListNotices(Page):
    """The caller's own notices, newest first: all, or the unread ones only."""

    unread = fields.Boolean(load_default=False, metadata={"description": "只看未读"})


class ReadNotice(Shape):
    """Mark one of the caller's notices as read."""

    notice_id = Id(required=True)


class Notice(Answer):
    """One notice: what happened to what, in a plain sentence."""

    id = Id(required=True)
    about = fields.String(required=True, metadata={"description": "事件名称，如 affairs.application.decided"})
    subject = Id(required=True, metadata={"description": "所涉事项的编号"})
    text = fields.String(required=True)
    created_at = Time(required=True)
    read_at = Time(required=True, allow_none=True)


NoticePage = page_of(Notice)

EVERYBODY = ("resident", "official", "department")

list_notices = Operation(ListNotices, NoticePage, allow=EVERYBODY)
read_notice = Operation(ReadNotice, Notice, allow=EVERYBODY, writes=True, assurance=0)
