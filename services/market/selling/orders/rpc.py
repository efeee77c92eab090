"""The orders' doors: for the two parties, for no official."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.market.selling.orders import contract, usecases, views
from services.market.selling.orders.store import OrderStore

PARTIES = ("resident",)


class OrderEndpoints:
    """Orders; `listings`, `people` and `must_not_leave` are wired in the service."""

    orders = Provided(OrderStore)

    # not remembered: the address is erased with an order that comes to nothing, and must not stay in an answer
    @rpc(
        contract.PlaceOrder,
        contract.Order,
        allow=PARTIES,
        writes=True,
        assurance=0,
        remember=False,
        mandate="orders",
    )
    def place_order(self, call):
        return usecases.place(self.orders, self.listings, self.people, self.must_not_leave, call)

    @rpc(contract.FindOrder, contract.Order, allow=PARTIES, writes=True, assurance=0, mandate="orders")
    def cancel_order(self, call):
        return usecases.cancel(self.orders, call)

    @rpc(contract.CancelSale, contract.Order, allow=PARTIES, writes=True, assurance=0)
    def cancel_sale(self, call):
        return usecases.give_up(self.orders, call)

    @rpc(contract.ShipOrder, contract.Order, allow=PARTIES, writes=True, assurance=0)
    def ship_order(self, call):
        return usecases.ship(self.orders, call)

    @rpc(contract.FindOrder, contract.OrderRow, allow=PARTIES, writes=True, assurance=0, mandate="orders")
    def receive_order(self, call):
        return usecases.receive(self.orders, call)

    @rpc(contract.FindOrder, contract.Order, allow=PARTIES, mandate="orders")
    def find_order(self, call):
        return views.one(self.orders, call)

    @rpc(contract.ListOrders, contract.OrderPage, allow=PARTIES, mandate="orders")
    def list_orders(self, call):
        return views.own(self.orders, call)
