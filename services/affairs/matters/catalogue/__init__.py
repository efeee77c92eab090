"""The catalogue of matters that a resident can apply for.

Owns: matters. Emits: affairs.matter.published, .changed. Hears: nothing. Asks: nothing.

`data/` holds the real matters of another county-level district of Sichuan: its offices become this county's
by rule (`source.py`); names, kinds and codes stay. The source has no materials: `data/materials.csv` is the project's own
list for well-known village matters; every other matter asks for the identity card until its office says more.
`data/synonyms.csv` leads from what villagers say to the official names (`spoken.py`).
"""
