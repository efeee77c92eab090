"""The payments' endpoints."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.market.paying.payments import contract, usecases, views
from services.market.paying.payments.model import Payment
from services.market.paying.payments.ports import Discrepancies, Orders
from services.market.paying.payments.provider import PaymentProvider
from services.market.paying.payments.store import PaymentStore


class PaymentEndpoints:
    """Payments; `orders` and `discrepancies` are wired in the service."""

    payments = Provided(PaymentStore)
    provider = Provided(PaymentProvider)
    orders: Orders
    discrepancies: Discrepancies

    @rpc(contract.pay_order)
    def pay_order(self, call: Call) -> Payment:
        return usecases.pay_order(self.payments, self.orders, self.provider, call)

    @rpc(contract.find_payment)
    def find_payment(self, call: Call) -> Payment:
        return views.of_order(self.payments, call)

    @rpc(contract.take_payment_callback)
    def take_payment_callback(self, call: Call) -> Payment:
        return usecases.take_callback(self.payments, self.provider, self.discrepancies, call)
