"""Anybody reports an official to the county's discipline committee, without an account and without a trace.

The rules stand in rules.py, one function for each sentence.

Owns: reports. Emits: integrity.report.received, .accepted, .not_accepted, .concluded, .withdrawn, .rated, .review_asked, .message_sent.
Hears: nothing. Asks: nothing.
Rooms of its own: `hours.py`, how exactly times are told, and when an event may leave.
"""
