"""The payments' doors."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.market.payments import contract, usecases, views
from services.market.payments.provider import Provider
from services.market.payments.store import PaymentStore


class PaymentDoors:
    """Payments; `orders` is wired in the service."""

    payments = Uses(PaymentStore)
    provider = Uses(Provider)

    @rpc(
        contract.PayOrder,
        contract.Payment,
        allow=("resident",),
        writes=True,
        assurance=0,
        remember=False,
        mandate="orders",
    )
    def pay_order(self, call):
        return usecases.pay_order(self.payments, self.orders, self.provider, call)

    @rpc(contract.PayOrder, contract.Payment, allow=("resident",), mandate="orders")
    def find_payment(self, call):
        return views.of_order(self.payments, call)

    # no idempotency key: the provider knows none, and its word taken twice changes nothing
    @rpc(contract.TakeCallback, contract.CallbackTaken, allow=(ANYONE,))
    def take_payment_callback(self, call):
        return usecases.take_callback(self.payments, self.provider, call)
