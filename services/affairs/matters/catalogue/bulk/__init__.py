"""The catalogue in a spreadsheet: an office takes it home as a table, and what it changes there comes back as drafts.

One table of matters and one for each list that a matter has (`columns.py`, the words of codes in `../codes.py`), as a workbook (XLSX) with all of
them or as one table in CSV. Out: `rows.py` makes rows of cells, which the gateway writes. In: `reading.py` reads a file in a process of its
own (`read_child.py`), `gathering.py` puts the rows of each matter together, `saying.py` makes of them what the form of a draft would send,
`judging.py` holds them to the rules of a draft. `batch.py` is one import on its way, `importing.py` what is done with it, `stores.py`
where it is kept, `clock.py` who reads and writes while nobody waits.

Nothing is published here: what a line says is a draft, which another person reviews.
"""
