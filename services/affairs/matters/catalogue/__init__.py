"""The catalogue of matters: what can be asked of which office, how it is found, and how offices publish it in versions.

Owns: matters, matter_versions, vain_searches, matter_imports, matter_import_lines, matter_import_pieces. Emits: affairs.matter.published, .changed, .revised, .withdrawn.
Hears: nothing. Asks: nothing.

`data/` holds the real matters of another county-level district of Sichuan: its offices become this county's
by rule (`source.py`); names, kinds and codes stay. The source has no materials: `data/materials.csv` is the project's own
list for well-known village matters; every other matter asks for the identity card until its office says more.
What laws say of the 169 that villagers ask for most is in `data/law.csv`, `fields.csv`, `steps.csv`, `papers.csv` and `forms.csv`, each line with its
article (`tables.py`, `shipped.py`, `shipped_forms.py`); `data/elsewhere.csv` are rows for what people look for and the list lacks.

A version is made of a few values (`content.py`, `shapes.py` and `draft_shapes.py` for the wire); the one in force stands in the matter, former ones in
`matter_versions` (`versions.py`). The next one is a draft that another person reviews (`drafts.py`, `drafting.py`).

Search is `services/civic/searching`; what an entry of it is stands in `finder.py`, what people say in `vocabulary.py` and
`spoken.py` (`data/synonyms.csv`, `keywords.csv`, `actions.csv`); `vain.py` keeps what was looked for in vain.

The form of a draft is changed question by question as well: `form_shapes.py`, `form_editing.py`, over `services/civic/forms/editing.py`.

An office takes the catalogue home as a spreadsheet, and what it changes there comes back as drafts: `bulk/`, its operations in
`operations.py`; `worded.py` says fields in words where versions stand beside each other.
"""
