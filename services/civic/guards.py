"""What is checked before an operation runs, in this order: each guard refuses or lets pass.

A service of a county names them in its class (`CivicService`); the request handler asks them and knows none of them. An
operation of the chassis itself (`health`) says nothing of mandates and assurance.
"""

from services.chassis.core.actor import ANYONE, may_call
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Forbidden, Unavailable
from services.chassis.rpc.guards import Guard, only_who_is_allowed_calls
from services.chassis.rpc.operation import RpcOperation
from services.civic.actor import NAMED_VISITOR, VISITOR, CivicActor
from services.civic.assurance import must_be_known_well_enough
from services.civic.operation import Operation


def a_visitor_gives_a_name_where_it_is_needed(actor: CivicActor, operation: RpcOperation) -> None:
    """Who proved a phone only is told what is missing."""
    allow = operation.allow
    if actor.kind == VISITOR and NAMED_VISITOR in allow and not may_call(actor, allow):
        raise Forbidden(
            "access.name_needed", "这件事需要姓名和身份证号，请重新获取验证码，一并填写后再办理。"
        )


def only_a_living_mandate_is_acted_on(actor: CivicActor, operation: RpcOperation) -> None:
    """An operation that does not say so serves nobody for another person; what waited longer than a check holds is over."""
    if not actor.on_behalf_of:
        return
    if not (isinstance(operation, Operation) and operation.mandate):
        raise for_oneself_only()
    if utc_now() >= actor.on_behalf_of.until:
        raise Unavailable("mandate.check_over", "系统繁忙，代办资格需要重新核对，请再试一次。")


def for_oneself_only() -> Forbidden:
    """What nobody does for another person; said where the mandate is named, and once more where it would be used."""
    return Forbidden("mandate.not_for_this", "这件事只能由本人办理，不能代办，请由本人登录办理。")


def who_is_away_only_reads(actor: CivicActor, operation: RpcOperation) -> None:
    """Whose role a stand-in holds changes nothing by it meanwhile; what everybody does for themselves stays possible."""
    if actor.away and operation.writes and not {actor.kind, ANYONE} & set(operation.allow):
        raise Forbidden("access.on_leave", "您正在请假，由代班人员办理；如已返岗，请先结束请假并重新登录。")


def who_acts_is_known_well_enough(actor: CivicActor, operation: RpcOperation) -> None:
    """A resident acts only at the level of assurance that the operation names."""
    if isinstance(operation, Operation):
        must_be_known_well_enough(actor, operation.assurance)


GUARDS: tuple[Guard, ...] = (
    a_visitor_gives_a_name_where_it_is_needed,
    only_who_is_allowed_calls,
    only_a_living_mandate_is_acted_on,
    who_is_away_only_reads,
    who_acts_is_known_well_enough,
)
