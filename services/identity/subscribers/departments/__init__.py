"""Other departments apply for events; the county's data officer grants, narrows or refuses, and can revoke.

Owns: departments. Emits: identity.department.applied, .granted, .refused, .connected, .webhook_moved, .revoked,
.expired. Hears: identity.department.granted. Asks: RabbitMQ's management API (`streams.py`, the room of this outside system).

`catalogue.py` is the list of events that can be asked for. What a department is granted is delivered by the capability `feed`.
"""
