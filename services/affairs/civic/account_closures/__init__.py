"""Who is about to be erased begins nothing new in affairs, is told what is open, and is erased here.

Owns: departures. Emits: affairs.departure.cleared, .hindered. Hears: identity.erasure.begun, .hindered; identity.resident.erased;
identity.visitor.forgotten. Asks: nothing (the applications are wired in the service).
"""
