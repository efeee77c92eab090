"""The divisions of the county: county, towns, villages, in every edition of the codes side by side.

Owns: regions, counties. Emits: identity.region.published, .figures_changed, identity.county.edition_adopted. Hears: identity.succession.confirmed. Asks: nothing.

A code means something only with its edition: ten codes of 2019 name another village in 2020. `counties` keeps the edition that a
county has adopted, in which a code without edition is read. `source.py` reads the shipped files.
"""
