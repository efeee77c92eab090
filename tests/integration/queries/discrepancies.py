"""What a payment provider said of payments that fits nothing."""

from datetime import UTC, datetime, timedelta

from services.market.paying.discrepancies.store import DiscrepancyStore
from services.market.paying.payments.store import PaymentStore

NOW = datetime.now(UTC).replace(microsecond=0)


def make_discrepancies(database) -> None:
    """Note something of every other payment, and 100 payments that nobody knows."""
    payments, noted = PaymentStore(database), DiscrepancyStore(database)
    noted.create_indexes()
    for number, document in enumerate(payments.documents.find({}).limit(400)):
        payment = payments.from_document(document) if number % 4 else None
        said = {"payment_id": f"told-{number}", "state": "failed", "amount_fen": number}
        noted.note("reversed" if payment else "not_found", said, payment, NOW - timedelta(minutes=number))
