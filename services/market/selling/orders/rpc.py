"""The orders' endpoints: for the two parties, for no official."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.ports import MustNotLeave, People
from services.market.selling.orders import contract, usecases, views
from services.market.selling.orders.model import Order, OrderTerms
from services.market.selling.orders.ports import Listings
from services.market.selling.orders.store import OrderStore


class OrderEndpoints:
    """Orders; `listings`, `people` and `must_not_leave` are wired in the service."""

    orders = Provided(OrderStore)
    order_terms = Provided(OrderTerms)
    listings: Listings
    people: People
    must_not_leave: MustNotLeave

    @rpc(contract.place_order)
    def place_order(self, call: Call) -> Order:
        stays, terms = self.must_not_leave, self.order_terms
        return usecases.place(self.orders, self.listings, self.people, stays, terms, call)

    @rpc(contract.cancel_order)
    def cancel_order(self, call: Call) -> Order:
        return usecases.cancel(self.orders, call)

    @rpc(contract.cancel_sale)
    def cancel_sale(self, call: Call) -> Order:
        return usecases.give_up(self.orders, call)

    @rpc(contract.ship_order)
    def ship_order(self, call: Call) -> Order:
        return usecases.ship(self.orders, call)

    @rpc(contract.correct_shipment)
    def correct_shipment(self, call: Call) -> Order:
        return usecases.correct_shipment(self.orders, call)

    @rpc(contract.receive_order)
    def receive_order(self, call: Call) -> Order:
        return usecases.receive(self.orders, call)

    @rpc(contract.find_order)
    def find_order(self, call: Call) -> Order:
        return views.one(self.orders, call)

    @rpc(contract.list_orders)
    def list_orders(self, call: Call) -> dict:
        return views.own(self.orders, call)
