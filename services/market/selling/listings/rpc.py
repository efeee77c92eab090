"""The listings' endpoints."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles
from services.civic.ports import People
from services.market.selling.listings import contract, photos, usecases, views
from services.market.selling.listings.model import Listing
from services.market.selling.listings.store import ListingStore


class ListingEndpoints:
    """Offers, their photos and their endorsement; `people` and `received_files` are wired in the service."""

    listings = Provided(ListingStore)
    people: People
    received_files: ReceivedFiles

    @rpc(contract.offer_produce)
    def offer_produce(self, call: Call) -> Listing:
        return usecases.offer(self.listings, self.people, call)

    @rpc(contract.change_listing)
    def change_listing(self, call: Call) -> Listing:
        return usecases.change(self.listings, call)

    @rpc(contract.begin_listing_photo)
    def begin_listing_photo(self, call: Call) -> dict:
        return photos.begin(self.listings, self.people, self.received_files, call)

    @rpc(contract.put_listing_photo_piece)
    def put_listing_photo_piece(self, call: Call) -> dict:
        return photos.put(self.listings, self.received_files, call)

    @rpc(contract.add_listing_photo)
    def add_listing_photo(self, call: Call) -> Listing:
        return photos.add(self.listings, self.received_files, call)

    @rpc(contract.find_listing_photo)
    def find_listing_photo(self, call: Call) -> dict:
        return photos.one(self.listings, self.received_files, call)

    @rpc(contract.remove_listing_photo)
    def remove_listing_photo(self, call: Call) -> Listing:
        return photos.remove(self.listings, self.received_files, call)

    @rpc(contract.withdraw_listing)
    def withdraw_listing(self, call: Call) -> Listing:
        return usecases.withdraw(self.listings, call)

    @rpc(contract.endorse_listing)
    def endorse_listing(self, call: Call) -> Listing:
        return usecases.endorse(self.listings, scope_filter(call.actor, *contract.ENDORSERS), call)

    @rpc(contract.decline_listing)
    def decline_listing(self, call: Call) -> Listing:
        return usecases.decline(self.listings, scope_filter(call.actor, *contract.ENDORSERS), call)

    @rpc(contract.search_listings)
    def search_listings(self, call: Call) -> dict:
        return views.search(self.listings, call)

    @rpc(contract.find_listing_on_sale)
    def find_listing_on_sale(self, call: Call) -> Listing:
        return self.listings.find_on_sale(call.data["listing_id"])

    @rpc(contract.quote_listing)
    def quote_listing(self, call: Call) -> dict:
        return views.quote(self.listings, call)

    @rpc(contract.find_listing)
    def find_listing(self, call: Call) -> Listing:
        return views.one(self.listings, call)

    @rpc(contract.list_listings)
    def list_listings(self, call: Call) -> dict:
        return views.in_scope(self.listings, call)

    @rpc(contract.list_own_listings)
    def list_own_listings(self, call: Call) -> dict:
        return views.own(self.listings, call)
