"""The divisions of the county: county, towns, villages, in the edition that the county has adopted.

Owns: regions. Emits: identity.region.published. Hears: nothing. Asks: nothing.
"""
