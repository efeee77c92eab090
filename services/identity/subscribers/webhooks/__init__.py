"""Webhooks: a department that cannot read a stream gets its events as signed POSTs, and mends what failed by itself.

Owns: webhooks, webhook_cursors, failed_deliveries, webhook_attempts. Emits: identity.webhook.rested, .disabled, .enabled, .secret_rotated. Hears: nothing.
Asks: the departments' endpoints over HTTPS.

`sender.py` is a process of its own: `due.py` finds who has something to get, `lanes.py` says who waits for whom, `delivery_attempt.py` delivers to one endpoint, `posting.py` sends one
request, `logged_poster.py` notes it and pings before the first event, `addresses.py` says where requests may go, `schedule.py` when. A delivery is a cursor over the feed, so a replay moves the cursor back.
"""
