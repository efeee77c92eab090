"""Residents are matched against the household register, which raises their assurance to 2.

Owns: register_matches. Emits: nothing (the resident tells identity.resident.matched). Hears: nothing.
Asks: another office's register over HTTP, where one is set (residents, the imported register, its hashes and the notices are wired in
the service).
A room of its own: `provider.py`, the HTTP client of another office's register.

The own register is asked first, and its yes is enough: the provider never hears of whom it confirms. For the others the provider is
asked, by the clock: while it is silent the question waits, encrypted, and is asked again; after a day nothing comes of it.

The answer is the same whether the number is in no register or under another name, so that nobody learns who is in it; tries are few,
each is kept with who made it, and those without success are logged by ids. What became of a question is told in the resident's inbox
only, not by an event: no department hears who is not in the register.
"""
