"""Other departments apply for events; the county's data officer grants, narrows or refuses, and can revoke.

Owns: departments. Emits: identity.department.applied, .granted, .refused, .confirmed, .end_announced, .connected, .webhook_moved, .revoked,
.expired, .key_rotated, .change_asked, .change_refused, .changed. Hears: identity.department.granted, .confirmed, .revoked,
.expired. Asks: RabbitMQ's management API (`streams.py`, the room of this outside system).

`catalogue.py` is the list of events that can be asked for, `samples.py` makes up one of each; `changes.py` are the rules by which a
grant that lives is changed; `reopen.py` makes streams and accounts anew after the broker was lost. What a department is granted is delivered by the capability `feed`.
"""
