"""What personal data is asked for, why and on what ground, and what residents have consented to.

Owns: consents. Emits: identity.consent.given, .withdrawn. Hears: nothing. Asks: nothing.

data/purposes.csv is the notice, with all its versions; `catalogue.py` reads it; `asking.py` tells other capabilities who
consents now.
"""
