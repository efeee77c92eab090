"""Payments of orders through an outside provider: asked for once, believed when signed, given back when due.

Owns: payments. Emits: market.payment.requested, .opened, .succeeded, .failed, .refund_requested, .refunded.
Hears: market.order.refund_due. Asks: the payment provider over HTTP (and the orders' store for the bill,
wired in the service). Rooms of its own: `provider.py`, the provider's HTTP client and the signature of its
callbacks; `timers.py`, the clock's endpoint, which asks the provider where a callback does not come, and carries
refunds out.

The provider's word is believed in two cases: the answer to our own signed request, and a callback with a
good and fresh signature; and then only for the amount and order of the payment. Whatever it says twice or
late changes nothing.
"""
