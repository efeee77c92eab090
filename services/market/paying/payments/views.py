"""What can be read of payments: by the buyer, by nobody else."""

from services.chassis.core.errors import NotFound
from services.civic.calls import Call
from services.market.paying.payments.model import Payment
from services.market.paying.payments.store import PaymentStore
from services.market.selling.parties import bought_by


def of_order(payments: PaymentStore, call: Call) -> Payment:
    """The newest payment of the caller's order; raises NotFound where there is none."""
    found = payments.find_newest(call.data["order_id"], bought_by(call.actor))
    if found is None:
        raise NotFound("payment.none_yet", "这个订单还没有发起支付，请先付款。")
    return found
