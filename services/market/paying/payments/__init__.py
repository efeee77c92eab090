"""Payments of orders through an outside provider: asked for once, believed when signed, given back when due.

Owns: payments. Emits: market.payment.requested, .opened, .succeeded, .failed, .refund_requested, .refunded,
.partial_refund_requested, .partially_refunded, .refund_overdue. Hears: market.order.refund_due, market.claim.refund_due. Asks: the payment
provider over HTTP (and the orders' store for the bill, wired in the service). Rooms of its own: `ledger.py`, what goes back
of a payment; `provider.py`, the provider's HTTP client and the signature of its callbacks; `timers.py`, the clock's
endpoint, which asks the provider where a callback does not come, and carries refunds out.

Every fen stands in the payment: what was paid, and each refund under an id of its own. Two kinds of it come: the whole, for
an order that came to nothing (`.refund_requested`, `.refunded`), and parts, for a claim (`.partial_refund_requested`,
`.partially_refunded`; the part after which nothing is left is told as `.refunded`). The sum stays within what was paid
because a refund is written under the payment's version: of two at once one is done again and sees the other.

The provider's word is believed in two cases: the answer to our own signed request, and a callback with a
good and fresh signature; and then only for the amount and order of the payment. Whatever it says twice or
late changes nothing.

A refund that the provider does not carry out is asked for again, at last once an hour, and each time a line of the log says why; after a
day the county's clerks and administrators are told, once (`.refund_overdue`): it is they who answer for the money.
"""
