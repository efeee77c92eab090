"""A resident asks for a copy of everything that the platform holds about them, and has some days to fetch it.

Owns: exports. Emits: identity.export.asked, .asked_again, .ready. Hears: identity.portion.gathered; affairs.portion.gathered;
market.portion.gathered; integrity.portion.gathered. Asks: nothing (residents, disclosures and sessions are wired in the service).

Every service gathers its own export part and keeps it encrypted (`services.civic.privacy.data_subject_export`); this is only the request and who has
answered. Whoever has not answered in time is asked again. The gateway puts the parts together, as JSON or PDF. `terms.py` says how
long a copy is kept.
"""
