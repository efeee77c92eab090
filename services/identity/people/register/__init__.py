"""The county's household register as keyed hashes: imported from a CSV file, one version in use at a time.

Owns: register_imports, registers, register_entries, register_refusals. Emits: identity.register.replaced. Hears: nothing.
Asks: nothing. Rooms of its own: `lines.py`, from the file's bytes to entries and refusals; `timers.py`, the clock's endpoint, which drops
versions that nobody uses.

No number and no name is kept: an entry is two keyed hashes and a village, a refused line its number, what is wrong and the
masked ID number. The file comes in parts that end at line breaks; an import that was broken off goes on where it stopped.
"""
