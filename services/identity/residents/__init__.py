"""Residents register and are certified by their own village.

Owns: residents. Emits: identity.resident.registered, .certified, .rejected. Hears: nothing. Asks: nothing.
"""
