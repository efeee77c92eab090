"""Codes by SMS: who holds a resident's phone, and knows the end of the ID number, signs in without the password or sets a new one.

Owns: codes, code_requests. Emits: nothing. Hears: nothing. Asks: nothing (messages and sessions are wired in the service).

A phone may be shared in a family, and numbers are given to new people: the code alone opens nothing, the last four characters of
the ID number say whose account it is, and no mask shows them. A code is derived from its id and stored nowhere; its id is known only to who asked for
it, so that nobody can use up another's tries. The answers are the same whether anybody has the phone or not.
"""
