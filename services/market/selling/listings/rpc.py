"""The listings' doors."""

from services.chassis.core.actor import ANYONE
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.market.selling.listings import contract, usecases, views
from services.market.selling.listings.store import ListingStore

ENDORSERS = ("village_administrator",)


class ListingEndpoints:
    """Offers and their endorsement; `people`, `moves` and `must_not_leave` are wired in the service."""

    listings = Provided(ListingStore)

    @rpc(contract.OfferProduce, contract.Listing, allow=("resident",), writes=True, assurance=1)
    def offer_produce(self, call):
        return usecases.offer(self.listings, self.people, self.moves, self.must_not_leave, call)

    @rpc(contract.ChangeListing, contract.Listing, allow=("resident",), writes=True, assurance=0)
    def change_listing(self, call):
        return usecases.change(self.listings, call)

    @rpc(contract.FindListing, contract.Listing, allow=("resident",), writes=True, assurance=0)
    def withdraw_listing(self, call):
        return usecases.withdraw(self.listings, call)

    @rpc(contract.EndorseListing, contract.Listing, allow=ENDORSERS, writes=True)
    def endorse_listing(self, call):
        return usecases.endorse(self.listings, scope_filter(call.actor, *ENDORSERS), call)

    @rpc(contract.DeclineListing, contract.Listing, allow=ENDORSERS, writes=True)
    def decline_listing(self, call):
        return usecases.decline(self.listings, scope_filter(call.actor, *ENDORSERS), call)

    @rpc(contract.SearchListings, contract.ListingOnSalePage, allow=(ANYONE,))
    def search_listings(self, call):
        return views.search(self.listings, call)

    @rpc(contract.FindListing, contract.ListingOnSale, allow=(ANYONE,))
    def find_listing_on_sale(self, call):
        return self.listings.find_on_sale(call.data["listing_id"])

    @rpc(contract.FindListing, contract.Listing, allow=("resident", *views.OFFICIALS))
    def find_listing(self, call):
        return views.one(self.listings, call)

    @rpc(contract.ListListings, contract.ListingPage, allow=views.OFFICIALS)
    def list_listings(self, call):
        return views.in_scope(self.listings, call)

    @rpc(contract.ListOwnListings, contract.ListingPage, allow=("resident",))
    def list_own_listings(self, call):
        return views.own(self.listings, call)
