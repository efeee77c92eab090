"""Residents offer what they grow; their village endorses it; stock is never promised twice.

Owns: listings. Emits: market.listing.offered, .endorsed, .declined, .changed, .withdrawn, .photo_cleared, .photo_infected,
.reserved, .released, .sold. Hears: market.order.sold_out, .abandoned, .cancelled, .expired, .paid, .called_off (what becomes of a
reservation); identity.resident.moved, .merged (what is offered goes to the seller's new village). Asks: nothing.

`stock.py` computes stock inside a write, exact to a thousandth of the unit (`services/market/selling/amounts.py`). `photos.py`: photos,
whose files the market's `files` hold; a listing names those that it shows.
"""
