"""The divisions as this service needs them: which codes there are.

Owns: places (a copy). Emits: nothing. Hears: identity.region.published. Asks: nothing.
"""
