"""Python's cyclic garbage collector, told what a server's memory looks like: much that stays, little that comes and goes.

As it comes it looks at everything that was imported again and again: a fifth of a second now and then in which nobody is
answered, and a twelfth of the processor time under load.
"""

import gc

YOUNG = 20_000
"""Containers made and not yet freed, after which the young ones are looked at (700 where nobody says anything). Nearly all are
freed by their reference counts; some megabytes of cycles may wait."""


def settle() -> None:
    """Leave alone what is there for good; to be called once the process is ready to work (Python's `gc.freeze`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
