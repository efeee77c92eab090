"""What integrity holds of a resident who asked for a copy of it all, gathered once and kept sealed for some days.

Owns: portions. Emits: integrity.portion.gathered. Hears: identity.export.asked, .asked_again; identity.resident.erased.
Asks: nothing (what integrity holds of a person is wired in the service).
"""
