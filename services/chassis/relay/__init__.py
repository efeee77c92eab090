"""The relay: publishes what stands in the outboxes of one service, at least once and in order per aggregate.

`python -m services.chassis.relay <service>`. The service notifies when something is pending (`amqp/wake_ups.py`), a sweep finds
what that missed; the query for pending documents is the truth, so there is no position to lose. Native
threads, no eventlet.
"""
