"""The feed: every event of the platform in one order with a position each, and its delivery to departments.

Owns: feed, cursors, department_disclosures, unsent. Emits: nothing. Hears: everything. Asks: nothing.

A department's delivery is a cursor over the feed: its stream (`dispatcher.py`, a process of its own, which reads once for many:
`fan_out.py`) and its pulls read the same
documents (each new one wakes them) through the same filter (`delivery.py`): what is granted now, and nothing once the grant has ended. Live
delivery and replay are therefore the same thing, but for personal data: a stream, which nothing can be taken out of, says where a pull adds it
(`empty_streams.py` empties those that 0.1 has filled).
"""
