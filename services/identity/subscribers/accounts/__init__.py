"""A department's own access: the key with which it signs in, keys of its machines, accounts that read its stream.

Owns: nothing (the subscription that it changes is wired in the service). Emits: nothing. Hears: nothing. Asks: RabbitMQ's management API, through `departments`.
"""
