"""People without an account whom the village knows: children, elders without a phone; members of households like everybody else.

Owns: recorded_people. Emits: identity.recorded_person.entered, .corrected, .linked, .ended. Hears: nothing. Asks: nothing (the
households' and the residents' stores are wired in the service).

A recorded person has an id of its own and stands in a household under it. When the person registers and is certified, the
village links the two: the household then holds the resident in the same place, and what was recorded is erased, so that nobody
counts twice.
"""
