"""Other departments subscribe to events, each by a stream of its own with credentials of its own.

Owns: departments. Emits: identity.department.granted, .connected, .revoked. Hears: identity.department.granted,
everything (the dispatcher).
Asks: RabbitMQ's management API (`streams.py`, the room of this outside system).
"""
