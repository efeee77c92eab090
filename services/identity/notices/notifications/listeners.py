"""What makes notices."""

from dataclasses import replace

from services.chassis.core.calls import utc_now
from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.notices.notifications import usecases
from services.identity.notices.notifications.ports import Holders, NoticeTime, Reach
from services.identity.notices.notifications.store import NoticeStore

Together = list[tuple[Envelope, Call]]


def told_now(together: Together) -> Together:
    """Say that it is told now, whenever it happened: a repeat changes nothing, and the first telling counts."""
    now = utc_now()
    return [(event, replace(call, now=now)) for event, call in together]


class NoticeListeners:
    """One use case for all: which event tells whom what is a table in the model; `holders`, `reach` and `notice_time` are wired in the service."""

    notices = Provided(NoticeStore)
    holders: Holders
    reach: Reach
    notice_time: NoticeTime

    @hears(
        "identity.resident.certified",
        "identity.resident.number_claimed",
        "identity.resident.rejected",
        "identity.resident.matched",
        "identity.resident.rejection_upheld",
        "identity.resident.corrected",
        "identity.resident.correction_refused",
        "identity.resident.moved",
        "identity.resident.move_refused",
        "identity.resident.placed",
        "identity.resident.sight_revoked",
        "identity.resident.reactivated",
        "identity.resident.password_changed",
        "identity.resident.phone_changed",
        "identity.resident.merged",
        "identity.disclosure.made",
        queue="notifications",
        batch=True,
    )
    def on_identity_resident(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "identity.wechat_binding.bound",
        "identity.wechat_binding.ended",
        queue="notifications",
        batch=True,
    )
    def on_identity_wechat_binding(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "identity.erasure.asked",
        "identity.erasure.hindered",
        "identity.export.asked",
        "identity.export.ready",
        queue="notifications",
        batch=True,
    )
    def on_identity_own_data(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "identity.resident.escalated",
        "identity.resident.phone_lost",
        "identity.resident.appealed",
        "identity.resident.correction_asked",
        "identity.resident.end_reported",
        "identity.resident.move_asked",
        "identity.resident.released",
        queue="notifications",
        batch=True,
    )
    def on_identity_offices(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together))
        usecases.notify_offices(self.notices, self.holders, told_now(together), notice_time=self.notice_time)

    @hears(
        "affairs.application.materials_missing",
        "affairs.application.accepted",
        "affairs.application.declined",
        "affairs.application.decided",
        "affairs.application.lapsed",
        "affairs.application.file_infected",
        "affairs.application.original_opened",
        "affairs.application.claimed",
        "affairs.application.handed",
        "affairs.application.extended",
        "affairs.application.suspended",
        "affairs.application.resumed",
        "affairs.application.due_moved",
        queue="notifications",
        batch=True,
    )
    def on_affairs_application(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "affairs.application.escalated_to_head",
        "affairs.application.escalated_to_county",
        queue="notifications",
        batch=True,
    )
    def on_affairs_application_that_is_late(self, together: Together) -> None:
        usecases.notify_offices(self.notices, self.holders, told_now(together), notice_time=self.notice_time)

    @hears(
        "affairs.result.issued",
        "affairs.result.handed_over",
        "affairs.result.revoked",
        queue="notifications",
        batch=True,
    )
    def on_affairs_result(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "affairs.rating.received",
        "affairs.rating.called_back",
        "affairs.rating.answered",
        "affairs.rating.closed",
        "affairs.rating.appeal_decided",
        "affairs.rating.solved_asked",
        queue="notifications",
        batch=True,
    )
    def on_affairs_rating(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "affairs.rating.case_opened",
        "affairs.rating.raised",
        "affairs.rating.appealed",
        queue="notifications",
        batch=True,
    )
    def on_affairs_rating_for_the_office(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)
        usecases.notify_offices(self.notices, self.holders, told_now(together), notice_time=self.notice_time)

    @hears(
        "affairs.review.taken",
        "affairs.review.decided",
        "affairs.review.reopened",
        queue="notifications",
        batch=True,
    )
    def on_affairs_review(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "affairs.review.asked",
        "affairs.review.raised",
        queue="notifications",
        batch=True,
    )
    def on_affairs_review_for_the_office(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)
        usecases.notify_offices(self.notices, self.holders, told_now(together), notice_time=self.notice_time)

    @hears(
        "market.listing.endorsed",
        "market.listing.declined",
        "market.listing.photo_infected",
        queue="notifications",
        batch=True,
    )
    def on_market_listing(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "market.order.paid",
        "market.order.shipped",
        "market.order.received",
        "market.order.expired",
        "market.order.cancelled",
        "market.order.refund_due",
        "market.order.called_off",
        "market.order.shipment_corrected",
        "market.conversation.message_left",
        "market.claim.asked",
        "market.claim.agreed",
        "market.claim.refused",
        "market.claim.decided",
        "market.claim.sent_back",
        "market.claim.returned",
        "market.claim.withdrawn",
        "market.claim.lapsed",
        "market.claim.refunded",
        queue="notifications",
        batch=True,
    )
    def on_market_order(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "market.claim.disputed",
        "market.claim.overdue",
        "market.payment.refund_overdue",
        queue="notifications",
        batch=True,
    )
    def on_market_claim_for_the_county(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)
        usecases.notify_offices(self.notices, self.holders, told_now(together), notice_time=self.notice_time)

    @hears(
        "market.payment.refunded",
        "market.payment.partially_refunded",
        queue="notifications",
        batch=True,
    )
    def on_market_payment(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together))

    @hears(
        "affairs.application.submitted",
        "affairs.application.supplemented",
        "affairs.application.withdrawn",
        "affairs.application.file_added",
        "affairs.application.file_removed",
        "affairs.application.paper_reused",
        "affairs.result.delivery_chosen",
        "affairs.review.withdrawn",
        "market.order.requested",
        "market.payment.requested",
        queue="notifications",
        batch=True,
        selector="mandate_id",
    )
    def on_act_that_tells_under_a_mandate_only(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together), self.reach)

    @hears(
        "identity.mandate.offered",
        "identity.mandate.accepted",
        "identity.mandate.refused",
        "identity.mandate.ended",
        "identity.mandate.expired",
        queue="notifications",
        batch=True,
    )
    def on_identity_mandate(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together))

    @hears(
        "identity.department.applied",
        "identity.department.granted",
        "identity.department.refused",
        "identity.department.connected",
        "identity.department.change_asked",
        "identity.department.change_refused",
        "identity.department.changed",
        "identity.department.end_announced",
        "identity.department.revoked",
        "identity.department.expired",
        "identity.department.key_rotated",
        "identity.department.webhook_moved",
        "identity.webhook.rested",
        "identity.webhook.disabled",
        queue="notifications",
        batch=True,
    )
    def on_identity_webhook(self, together: Together) -> None:
        usecases.notify(self.notices, told_now(together))
        usecases.notify_offices(self.notices, self.holders, told_now(together), self.reach, self.notice_time)
