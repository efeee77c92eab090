"""Who looked at a resident's personal data unmasked, as whom and what for; the resident sees every entry.

Owns: disclosures. Emits: identity.disclosure.made. Hears: nothing. Asks: nothing.
"""
