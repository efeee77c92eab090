"""Officials hold roles in regions; nobody grants beyond the own region or level.

Owns: officials. Emits: identity.official.appointed, .dismissed, .password_changed,
.second_factor_confirmed, .second_factor_reset, .recovery_code_used, .placed. Hears: nothing. Asks: nothing.
"""
