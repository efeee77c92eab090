"""Who is about to be erased begins nothing new in affairs, is told what is open, and is erased here.

Owns: departures. Emits: affairs.departure.cleared, .hindered. Hears: identity.erasure.begun, .hindered; identity.resident.erased;
identity.visitor.forgotten. Asks: nothing (the applications are wired in the service).

Why nothing slips through: a departure is written before it is looked for what is open, and an application is written before it is looked
whether its person is leaving. Whatever the interleaving, one of the two sees the other.
"""
