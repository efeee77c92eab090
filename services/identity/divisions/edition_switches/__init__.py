"""A county leaves an edition of the codes for a later one, by the table that it has confirmed; everything follows, and nothing is lost on the way.

Owns: adoptions. Emits: identity.adoption.begun, .moved, .finished, identity.region.moved. Hears: affairs.adoption.followed,
market.adoption.followed, integrity.adoption.followed, identity.resident.placed, identity.official.placed. Asks: nothing.

Phases: resting (posts in divisions that move have no power until no old access token lives), moving (row by row: figures, and everything of identity that follows),
following (until the other services have moved what is theirs), finished (the posts have power again). The clock drives; each
step may be cut off and done again. `events.py` holds what is told.
"""
