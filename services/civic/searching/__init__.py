"""Search as people speak, for a list that is short enough to be ranked in the process: matters, powers of a village.

`ranking.py` finds what a question means, `finder.py` keeps it up with what is saved, `stored.py` reads it, `empty_words.py` are the
words that say nothing, `vain.py` keeps what was looked for in vain, `shapes.py` is how that is told.
"""
