"""The payments' doors."""

from services.chassis.core.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.market.paying.payments import contract, usecases, views
from services.market.paying.payments.provider import PaymentProvider
from services.market.paying.payments.store import PaymentStore


class PaymentEndpoints:
    """Payments; `orders` is wired in the service."""

    payments = Provided(PaymentStore)
    provider = Provided(PaymentProvider)

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
