"""Party members (党员) by unit: who is a member, who is floating (流动党员) and where, and who was last in touch with whom.

Owns: party_units, party_members. Emits: identity.party_unit.founded, .placed. Hears: nothing. Asks: nothing.
"""
