"""Officials hold roles in regions; nobody grants beyond the own region or level.

Owns: officials. Emits: identity.official.appointed, .dismissed. Hears: nothing. Asks: nothing.
"""
