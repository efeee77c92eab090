"""What the payment provider says and nobody knows of, for the clerks of the county."""

from gateway.routing import Routes
from services.market.paying.discrepancies import contract

routes = Routes("支付 payments", contract)

routes.get("/payments/discrepancies", contract.list_payment_discrepancies)
