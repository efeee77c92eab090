"""What the market answers and hears as every service of a county does."""

from services.civic.capability import CivicCapability
from services.civic.privacy.account_closure import AccountClosureListeners
from services.market.paying.discrepancies.store import DiscrepancyStore
from services.market.paying.payments.store import PaymentStore
from services.market.selling.claims.store import ClaimStore
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.store import OrderStore

STORES = (ListingStore, OrderStore, PaymentStore, DiscrepancyStore, ClaimStore, ConversationStore)


class MarketCivic(CivicCapability, AccountClosureListeners, service="market", stores=STORES):
    """People, divisions, copies and account closures, made of the stores named here."""
