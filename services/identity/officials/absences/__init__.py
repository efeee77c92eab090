"""An official is away and a colleague stands in (代班): for some days the stand-in holds the absent one's role as well.

Owns: leaves. Emits: identity.leave.recorded, .begun, .over, .ended, .cancelled. Hears: identity.official.dismissed.
Asks: nothing (staff and the feed are wired in the service).
"""
