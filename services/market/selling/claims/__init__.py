"""A buyer wants money back for what was sent: the seller answers, else a clerk of the county decides.

Owns: claims. Emits: market.claim.asked, .agreed, .refused, .disputed, .decided, .sent_back, .returned, .withdrawn, .lapsed,
.overdue, .refund_due, .refunded. Hears: market.payment.partially_refunded, .refunded. Asks: nothing (the orders' store is wired in the
service). A room of its own: `timers.py`, the clock's endpoint.

A claim is about money, of a part or of the whole order, and may be about goods as well, which then go back first. It never
touches the order: what was sent stays sent, and a receipt at the same moment changes nothing. The money is the payment's:
`.refund_due` asks for it under the claim's id, and the payment answers once it is back.

Who decides: the county's clerk, whose office takes the residents' affairs in and has no part in the offer. A village vouches for its
sellers, and the town for the village; the other offices of the county watch over officials and data.

An order has one claim at a time, and they are numbered: the second of two at the same moment finds the number taken. So
what its claims ask for together stays within what was paid, before the payment says so once more.

Silence never loses anybody's case: a seller's is a dispute, a buyer's ends the claim, a seller's about goods that came back
is a consent, and the office's is told to both and to the county's administrators.
"""
