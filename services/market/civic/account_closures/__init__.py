"""Who is about to be erased begins nothing new in market, is told what is open, and is erased here.

Owns: departures. Emits: market.departure.cleared, .hindered. Hears: identity.erasure.begun, .hindered; identity.resident.erased.
Asks: nothing (the orders and the listings are wired in the service).
"""
