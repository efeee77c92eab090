"""What the market answers and hears as every service of a county does."""

from services.civic.calls import Call
from services.civic.capability import CivicCapability
from services.civic.files.model import StoredFile
from services.civic.files.rpc import FileEndpoints
from services.civic.files.timers import FileTimers
from services.civic.privacy.account_closure import AccountClosureListeners
from services.market.paying.discrepancies.store import DiscrepancyStore
from services.market.paying.payments.store import PaymentStore
from services.market.selling.claims.store import ClaimStore
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.store import OrderStore

STORES = (ListingStore, OrderStore, PaymentStore, DiscrepancyStore, ClaimStore, ConversationStore)


class MarketCivic(
    CivicCapability,
    AccountClosureListeners,
    FileEndpoints,
    FileTimers,
    service="market",
    stores=STORES,
    files=True,
):
    """People, divisions, copies, account closures and files, made of the stores named here."""

    listings: ListingStore

    def holds_file(self, file: StoredFile) -> bool:
        """Tell whether the listing that a photo is for shows it."""
        return self.listings.holds_photo(file.subject, file.id)

    def tell_of_file(self, file: StoredFile, call: Call) -> bool:
        """Let the listing say whether its photo can be shown."""
        return self.listings.tell_of_file(file.subject, file.id, file.state, call)
