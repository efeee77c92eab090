"""What an operator sees of a running platform: events as lines, figures of queues, outboxes and streams, alarms.

The commands are `services.chassis.operations.event_tail` and `services.chassis.operations.counters`. Looking changes nothing: no message is
acknowledged, none changes its place.
"""
