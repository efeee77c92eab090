"""What market holds of a resident who asked for a copy of it all, gathered once and kept sealed for some days.

Owns: portions. Emits: market.portion.gathered. Hears: identity.export.asked, .asked_again; identity.resident.erased.
Asks: nothing (what market holds of a person is wired in the service).
"""
