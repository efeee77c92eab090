"""The one way to paper: data and a template become a PDF that is read in twenty years, and aloud by a screen reader.

A template is a Typst file below `services/civic/paper/templates` that imports `page.typ`; `press.printed("name", data)` gives its pages. Data is
handed over as JSON beside the source, never in it, so that nothing in a name is ever taken for a command. Every character is
shown, or written as its code, 〔U+20BB7〕, where no font has it: never nothing, never an empty box.

Pages are set in a process of their own (`typesetter.py`), because nothing else can be stopped when it takes too long or too
much memory, and because the gateway must not compute.
"""
