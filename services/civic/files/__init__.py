"""Files that people hand in: received in pieces, looked at, kept under a key of their own, shown to whom their holder shows them.

A service takes `files=True` on its `CivicCapability` and mixes in `FileEndpoints` and `FileTimers`; a capability that holds files (a
listing its photos) asks `ReceivedFiles` for `begin`, `put`, `finish`, `settle` and `erase`, and says by `holds_file` which it still
holds and by `tell_of_file` what becomes of one that was scanned. Its own operations say who may; `docs/explanation/files.md` tells the
whole way.

Rooms: `model.py`, a file and its rules; `store.py`, files and their sealed pieces; `receiving.py`, the way of a file in and out;
`pictures.py`, what pictures are taken and what is kept of them, made by `picture_child.py` in a process of its own;
`documents.py` and `pdf_child.py` the same of PDFs; `scanner.py` asks a
virus scanner, `checking.py` works off what waits for its word; `shapes.py`, shapes that capabilities share; `views.py` and `rpc.py`, how
the gateway reads a file; `timers.py`, the clock.
"""
