"""Shapes of departments' subscriptions; the events stand in `events.py`."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import (
    Answer,
    Compact,
    Id,
    Name,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.civic.inputs import PersonName
from services.civic.operation import Operation
from services.civic.web_addresses import WebAddress
from services.identity.subscribers.accounts.contract import MachineKey, StreamCredentials
from services.identity.subscribers.asking import ASKED_HISTORY, COVERED_FROM, LEFT_OUT, PATTERN
from services.identity.subscribers.feed.contract import CloudEvent
from services.identity.subscribers.webhooks.contract import WebhookHealth

STATES = ("applied", "granted", "connected", "refused", "revoked", "expired")
BASES = ("law", "consent")
WAYS = ("phone", "paper", "in_person")
DELIVERIES = ("stream", "webhook", "pull")
MOST_PATTERNS = 50
PERSONAL = validate.Regexp(
    r"\A[a-z]+\.[a-z_]+\.[a-z_]+:[a-z_]+\Z",
    error="个人信息字段应写成 服务.名词.动词:字段，请对照事件目录填写。",
)


def _patterns(**options) -> fields.List:
    return fields.List(fields.String(validate=PATTERN), validate=validate.Length(1, MOST_PATTERNS), **options)


def _personal(**options) -> fields.List:
    return fields.List(
        fields.String(validate=PERSONAL), validate=validate.Length(0, MOST_PATTERNS), **options
    )


class ApplyForSubscription(Shape):
    """A department asks for events, for a purpose and on a legal ground; the answer holds its key, shown once."""

    name = Name(50, required=True, metadata={"description": "部门名称"})
    contact = PersonName("联系人", required=True)
    purpose = Text(500, 4, lines=True, required=True, metadata={"description": "用途"})
    legal_ground = Text(500, 4, lines=True, required=True, metadata={"description": "法律依据"})
    basis = fields.String(
        load_default="law",
        validate=validate.OneOf(BASES),
        metadata={"description": "个人信息字段的合法性基础：law 法定职责，consent 本人同意"},
    )
    events = _patterns(required=True, metadata={"description": "事件，如 affairs.application.*"})
    region = Region(required=True)
    personal_fields = _personal(load_default=list, metadata={"description": "需要的个人信息字段"})
    delivery = fields.String(load_default="stream", validate=validate.OneOf(DELIVERIES))
    history = fields.Boolean(
        load_default=False, truthy={True}, falsy={False}, metadata={"description": "是否从最早的事件开始推送"}
    )
    webhook_url = WebAddress(**LEFT_OUT)

    @validates_schema
    def a_webhook_has_an_address(self, data, **kwargs):
        """Delivery by webhook needs an address, no other takes one; a sentence with what was sent would be made vague."""
        if (data.get("delivery") == "webhook") != bool(data.get("webhook_url")):
            raise ValidationError("按网址推送须填写推送网址，其他接收方式请留空。", "webhook_url")


def _beginning(otherwise: str) -> Time:
    said = {"description": f"授权涵盖此时起的事件；不填为{otherwise}"}
    return Time(data_key="from", **LEFT_OUT, metadata=said)


class GrantSubscription(Shape):
    """The data officer grants what was asked, or a part of it; what is not named is granted as asked."""

    department_id = Id(required=True)
    events = _patterns(**LEFT_OUT)
    region = Region(**LEFT_OUT)
    personal_fields = _personal(**LEFT_OUT)
    days = Whole(1, 730, load_default=365, metadata={"description": "有效期，天"})
    begins_at = _beginning("作出决定之时，申请历史事件的为最早的事件")


class ConfirmOffice(Shape):
    """The data officer has reached the office at a phone or address that is not from its application, and was told the code."""

    department_id = Id(required=True)
    code = Compact("[0-9]{8}", "确认码为 8 位数字。", required=True, metadata={"description": "8 位确认码"})
    way = fields.String(
        required=True, validate=validate.OneOf(WAYS), metadata={"description": "如何联系到该单位"}
    )


class RefuseSubscription(Shape):
    """The data officer refuses, and says why."""

    department_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class RevokeSubscription(Shape):
    """A subscription ends at once, for a reason."""

    department_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class MoveWebhook(Shape):
    """A department's webhook goes to another address."""

    webhook_url = WebAddress(required=True)


class EndSubscription(Shape):
    """A department needs its events no longer: its subscription ends at once."""

    reason = Text(500, 2, lines=True, load_default="部门自行终止。")


class NarrowSubscription(Shape):
    """A department needs less from now on; what is not named stays as it is."""

    events = _patterns(**LEFT_OUT)
    region = Region(**LEFT_OUT)
    personal_fields = _personal(**LEFT_OUT)


class AskForSubscriptionChange(NarrowSubscription):
    """A department asks that its subscription be wider, or be renewed before its end; what is not named stays as it is."""

    reason = Text(500, 4, lines=True, required=True, metadata={"description": "变更或续期的理由和依据"})


class GrantSubscriptionChange(Shape):
    """The data officer grants the change that was asked, for so many days from now."""

    department_id = Id(required=True)
    days = Whole(1, 730, load_default=365, metadata={"description": "有效期，天"})
    begins_at = _beginning("原来的起始时间，新增的事件也从那时起")


class RefuseSubscriptionChange(Shape):
    """The data officer refuses the change, and says why."""

    department_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class FindDepartment(Shape):
    """One department's subscription."""

    department_id = Id(required=True)


class ListDepartments(Page):
    """The subscriptions in the caller's regions, newest first: those in a state, or those that ask to be changed."""

    state = fields.String(load_default="applied", validate=validate.OneOf(STATES))
    change_asked = fields.Boolean(load_default=False)


class ListEventTypes(Page):
    """The events that can be asked for."""


class EventField(Answer):
    """A field of an event; a personal one is only there for a subscription that was granted it by name."""

    name = fields.String(required=True)
    privacy = fields.String(required=True, validate=validate.OneOf(("public", "personal")))


class EventType(Answer):
    """An event that can be asked for, with a made-up one as a pull or a webhook brings it."""

    name = fields.String(required=True)
    version = fields.Integer(required=True)
    type = fields.String(required=True)
    description = fields.String(required=True)
    fields_ = fields.List(fields.Nested(EventField), required=True, attribute="fields", data_key="fields")
    dataschema = fields.String(required=True, metadata={"description": "data 的 JSON Schema 的地址"})
    sample = fields.Nested(CloudEvent, required=True)


EventTypePage = page_of(EventType)


class PatternCoverage(Answer):
    """Which events a pattern covers."""

    pattern = fields.String(required=True)
    events = fields.List(fields.String(), required=True)


class DepartmentRow(Answer):
    """A subscription: which department, what for, on what ground, which events, in which state."""

    id = Id(required=True)
    name = fields.String(required=True)
    purpose = fields.String(required=True)
    legal_ground = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    region = Region(required=True)
    personal_fields = fields.List(fields.String(), required=True)
    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))
    webhook_url = fields.String(allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    reason = fields.String(allow_none=True)
    granted_from = Time(data_key="from", allow_none=True, metadata={"description": COVERED_FROM})
    history = fields.Boolean(required=True, metadata={"description": ASKED_HISTORY})
    applied_at = Time(required=True)
    decided_at = Time(allow_none=True)
    confirmed_at = Time(allow_none=True, metadata={"description": "县里核实该单位的时间，此前授权不生效"})
    expires_at = Time(allow_none=True)


class SubscriptionChange(Answer):
    """What a department asked to be changed, and what became of it: asked, granted, or refused with an `answer`."""

    events = fields.List(fields.String(), required=True)
    region = Region(required=True)
    personal_fields = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("asked", "granted", "refused")))
    answer = fields.String(allow_none=True)
    asked_at = Time(required=True)


class Department(DepartmentRow):
    """A subscription with whom to ask there, and what is to be changed."""

    contact = fields.String(required=True)
    change = fields.Nested(SubscriptionChange, allow_none=True)


class Granted(DepartmentRow):
    """A granted subscription, with what each of its patterns covers."""

    covers = fields.List(fields.Nested(PatternCoverage), required=True)


class Applied(Department):
    """A new application with the login and key of the department, shown once."""

    covers = fields.List(fields.Nested(PatternCoverage), required=True)
    login = fields.String(required=True)
    key = fields.String(required=True)


class OwnSubscription(Department):
    """A department's own subscription, with what it needs to receive its events once they are granted."""

    stream = fields.Nested(StreamCredentials, allow_none=True)
    confirmation_code = fields.String(
        allow_none=True, metadata={"description": "县里联系贵单位核实时告知对方，核实后不再显示"}
    )
    readers = fields.List(fields.Nested(StreamCredentials), required=True)
    machine_keys = fields.List(fields.Nested(MachineKey), required=True)
    webhook_secret = fields.String(allow_none=True)
    webhook = fields.Nested(WebhookHealth, allow_none=True)


DepartmentPage = page_of(DepartmentRow)


OWNERS = ("department",)
GRANTERS = ("data_officer", "county_administrator")
OVERSEERS = (*GRANTERS, "auditor")
"""Who sees which department receives what; auditors decide nothing."""

apply_for_subscription = Operation(
    ApplyForSubscription, Applied, allow=(ANYONE,), writes=True, remember=False, random_key=True, caller=True
)
grant_subscription = Operation(GrantSubscription, Granted, allow=GRANTERS, writes=True)
confirm_office = Operation(ConfirmOffice, DepartmentRow, allow=GRANTERS, writes=True)
refuse_subscription = Operation(RefuseSubscription, DepartmentRow, allow=GRANTERS, writes=True)
revoke_subscription = Operation(RevokeSubscription, DepartmentRow, allow=GRANTERS, writes=True)
move_webhook = Operation(MoveWebhook, DepartmentRow, allow=("department",), writes=True)
find_department = Operation(FindDepartment, Department, allow=GRANTERS, in_full=True)
list_departments = Operation(ListDepartments, DepartmentPage, allow=OVERSEERS)
list_event_types = Operation(ListEventTypes, EventTypePage, allow=(ANYONE,))
end_subscription = Operation(EndSubscription, DepartmentRow, allow=OWNERS, writes=True)
narrow_subscription = Operation(NarrowSubscription, Granted, allow=OWNERS, writes=True)
ask_for_subscription_change = Operation(AskForSubscriptionChange, Department, allow=OWNERS, writes=True)
grant_subscription_change = Operation(GrantSubscriptionChange, Granted, allow=GRANTERS, writes=True)
refuse_subscription_change = Operation(RefuseSubscriptionChange, Department, allow=GRANTERS, writes=True)
own_subscription = Operation(None, OwnSubscription, allow=("department",), in_full=True)
