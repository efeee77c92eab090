"""What the market keeps otherwise than the version before did."""

from services.civic.search_keys import as_saved, computed_anew
from services.market.selling.listings.store import ListingStore

MIGRATIONS = (computed_anew(1, ListingStore.collection, as_saved(ListingStore)),)
