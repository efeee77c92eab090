"""What became of each division from one edition of the codes to the next: proposed from names, settled by the county.

Owns: successions. Emits: identity.succession.confirmed, .rehearsed. Hears: affairs.adoption.counted, integrity.adoption.counted,
market.adoption.counted. Asks: nothing.

`proposals.py` finds what names and towns tell; the county fills in the rest (merges, splits, new names), sees in a rehearsal whom an
edition switch would concern, and confirms. Confirming moves nobody: it makes old and new divisions name each other.
"""
