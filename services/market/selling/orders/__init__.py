"""Buyers order, sellers ship; each order takes its boxes out of the stock or is refused at once.

Owns: orders. Emits: market.order.requested, .placed, .sold_out, .abandoned, .cancelled, .expired, .paid,
.called_off, .refund_due, .refunded, .shipped, .shipment_corrected, .received. Hears: market.payment.succeeded,
.partially_refunded, .refunded; identity.resident.deceased, .deactivated, .erased (of a seller). Asks: nothing (the
listings' store, which reserves, is wired in the service). A room of its own: `timers.py`, the clock's endpoint.

Why an order is written before its boxes are reserved: stock and order are two documents, and name, phone and
address of the buyer may be in no event, so the order cannot be made from the reservation's event. The steps,
all inside the one answer to the buyer, each safe to repeat:

1. the order is written as `placing`, with the address, under an id that the idempotency key gives;
2. the listing reserves under that id: one conditional write, the only place where the last box is decided;
3. the order becomes `placed`, or `sold_out` where too little is left; where something else kept it from reserving, it is `abandoned`
   and the buyer is told what.

A crash after 1 or 2 leaves `placing`. The same key goes on where it stopped. Nobody asks again: once a hold
can no longer be taken (60 s, on the database's clock) the sweep looks: reserved -> `placed`, to be paid or to
expire; not reserved -> `abandoned`. Whatever ends an order tells the listing by an event, which gives back
what is held and keeps a delayed step 2 from taking it afterwards: neither stock nor an order is lost, in any
interleaving.
"""
