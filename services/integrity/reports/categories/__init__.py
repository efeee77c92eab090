"""The taxonomy of complaints: 15 fields, 118 subjects, 517 leaves (source: see NOTICE).

Owns: categories. Emits: nothing. Hears: nothing. Asks: nothing.
"""
