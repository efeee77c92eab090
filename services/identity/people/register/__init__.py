"""The county's household register as keyed hashes: imported from a file, one version in use at a time.

Owns: register_imports, registers, register_entries, register_refusals, register_pieces. Emits: identity.register.replaced. Hears:
nothing. Asks: nothing. Rooms of its own: `text.py`, from a part's bytes to lines; `table.py`, from lines to rows of cells; `lines.py`,
from rows to entries and refusals; `workbook.py`, from a workbook to lines, in the child `workbook_child.py`; `timers.py`, the clock's
endpoints, which drop versions that nobody uses and read workbooks.

No number and no name is kept: an entry is two keyed hashes and a village, a refused line its number, what is wrong and the
masked ID number. The file comes in parts that end at line breaks; an import that was broken off goes on where it stopped. A workbook
cannot be read in parts: its pieces wait, encrypted, until it is whole.
"""
