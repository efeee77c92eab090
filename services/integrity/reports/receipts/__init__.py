"""Receipts of anonymous reports: derived, kept only as keyed hashes, and guessed in vain.

Owns: receipt_attempts. Emits: nothing. Hears: nothing. Asks: nothing.
"""
