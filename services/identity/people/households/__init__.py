"""Households of a village: who lives together, how each is related to the head, and who of them needs looking after.

Owns: households. Emits: identity.household.formed, .member_joined, .member_left, .member_changed, .member_linked, .head_changed, .split, .joined,
.dissolved, .change_asked, .change_decided. Hears: identity.resident.moved, .deceased, .deactivated, .merged, .erased. Asks: nothing.

asking.py: what a head asks the village for.
"""
