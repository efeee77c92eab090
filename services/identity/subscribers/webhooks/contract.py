"""Shapes of webhooks: their health, failed deliveries, replay."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Plain, Shape, Time, Whole, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.identity.subscribers.asking import LEFT_OUT

STATES = ("active", "resting", "disabled")
FAILURE_STATES = ("waiting", "given_up", "delivered")


class EnableWebhook(Shape):
    """The department says that its endpoint is mended."""


class RotateSecret(Shape):
    """The department wants another secret; the present one signs beside it for a day."""


class Replay(Shape):
    """Deliver again: since a time, from an event, after a position, or from the beginning; exactly one of them. Perhaps until a time."""

    since = Time(**LEFT_OUT, metadata={"description": "从此时间起"})
    from_event = Plain(
        **LEFT_OUT,
        validate=validate.Length(1, 200),
        metadata={"description": "从此事件（含）起"},
    )
    after = Whole(0, 10**15, **LEFT_OUT, metadata={"description": "从此 feedposition 之后起"})
    until = Time(**LEFT_OUT, metadata={"description": "到此时间止，此前的重发后从原处继续；不填为重发到最新"})
    beginning = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class PingWebhook(Shape):
    """The department wants to try its endpoint out, also before its application is decided."""


class ListOwnDeliveries(Page):
    """What was sent to the caller's endpoint in the last days, newest first."""


class ListOwnFailures(Page):
    """The caller's own failed deliveries, newest first."""

    state = fields.String(load_default="waiting", validate=validate.OneOf(FAILURE_STATES))


class ListFailures(ListOwnFailures):
    """A department's failed deliveries, newest first."""

    department_id = Id(required=True)


class FindWebhook(Shape):
    """One department's endpoint."""

    department_id = Id(required=True)


class ResendFailure(Shape):
    """Send one failed delivery again now."""

    failure_id = Id(required=True)


class WebhookState(Answer):
    """How an endpoint does: `failures` are failed tries in a row, `last_error` is the kind of the last one."""

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    since = Time(required=True)
    failures = fields.Integer(required=True)
    last_error = fields.String(required=True, allow_none=True)
    last_failed_at = Time(required=True, allow_none=True)
    next_try_at = Time(required=True, allow_none=True)
    old_secret_until = Time(
        required=True, allow_none=True, metadata={"description": "旧密钥同时签名的截止时间"}
    )


class WebhookHealth(WebhookState):
    """The same with `position`, the place in the feed up to which it took its events."""

    position = fields.Integer(required=True)


class Failure(Answer):
    """An event that the endpoint did not take: retried until `retried_until`, then given up; delivered ones are kept a while."""

    id = Id(required=True)
    event_id = fields.String(required=True)
    event = fields.String(required=True, metadata={"description": "事件名称"})
    position = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(FAILURE_STATES))
    tries = fields.Integer(required=True)
    first_failed_at = Time(required=True)
    last_failed_at = Time(required=True)
    next_try_at = Time(required=True, allow_none=True)
    retried_until = Time(required=True)
    last_error = fields.String(required=True)


FailurePage = page_of(Failure)


class WebhookAttempt(Answer):
    """One request to an endpoint: taken with any 2xx, else `failure` is the kind; `answer` is how its body begins."""

    event_id = fields.String(required=True)
    event = fields.String(required=True, metadata={"description": "事件名称，测试为 identity.webhook.ping"})
    position = fields.Integer(required=True)
    attempt = fields.Integer(required=True, metadata={"description": "第几次尝试"})
    at = Time(required=True)
    milliseconds = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True)
    failure = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True)


AttemptPage = page_of(WebhookAttempt)


class _WebhookEvent(Event):
    department_id = public(Id(required=True))


class WebhookDisabled(_WebhookEvent):
    """An endpoint failed for two days or said that it is gone, and gets nothing more until its department enables it."""

    name = "identity.webhook.disabled"
    state = in_state("disabled")


class WebhookRested(_WebhookEvent):
    """An endpoint failed several times in a row; it is tried again less and less often."""

    name = "identity.webhook.rested"
    state = in_state("resting")


class WebhookEnabled(_WebhookEvent):
    """A department enabled its endpoint again."""

    name = "identity.webhook.enabled"
    state = in_state("active")


class WebhookSecretRotated(Event):
    """A department took another secret; the one before signs beside it until `old_secret_until`."""

    name = "identity.webhook.secret_rotated"
    department_id = public(Id(required=True))
    old_secret_until = public(Time(required=True))


OFFICERS = ("data_officer", "county_administrator")

enable_webhook = Operation(EnableWebhook, WebhookState, allow=("department",), writes=True)
rotate_webhook_secret = Operation(RotateSecret, WebhookState, allow=("department",), writes=True)
ping_webhook = Operation(PingWebhook, WebhookAttempt, allow=("department",))
list_own_deliveries = Operation(ListOwnDeliveries, AttemptPage, allow=("department",))
replay_webhook = Operation(Replay, WebhookState, allow=("department",), writes=True)
list_own_failures = Operation(ListOwnFailures, FailurePage, allow=("department",))
resend_failure = Operation(ResendFailure, Failure, allow=("department",), writes=True)
find_webhook = Operation(FindWebhook, WebhookHealth, allow=OFFICERS)
list_failures = Operation(ListFailures, FailurePage, allow=OFFICERS)
