"""Invitations into an office: a link that works once, for three days, while whoever sent it could still appoint.

Owns: invitations. Emits: identity.invitation.sent, .revoked, .accepted, .lapsed. Hears: identity.invitation.sent.
Asks: nothing (staff and messages are wired in the service). Rooms of its own: `links.py`, the secrets of links and their hashes;
`message_links.py`, where a message about an invitation goes and which link is in it.
"""
