"""The relay: publishes what stands in the outboxes of one service, at least once and in order per aggregate.

`python -m services.chassis.relay <service>`. The service rings when something is pending (`bells.py`), a sweep finds
what the bell missed; the query for pending documents is the truth, so there is no position to lose. Native
threads, no eventlet.
"""
