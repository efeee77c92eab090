"""Buyer and seller write to each other about a paid order, without giving away a phone.

Owns: conversations. Emits: market.conversation.message_left. Hears: nothing. Asks: nothing (the orders' store is wired in the
service).

One document for one order holds all that was written, encrypted: there is a bound to it, and thereby how much each may write,
what is unread and whether the other is told are decided in the write that adds the message. The other is told once: not again
until the message was read.
"""
