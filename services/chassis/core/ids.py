"""Ids that follow from others: short enough for the type `Id`, however many they are made of."""

import uuid

NAMESPACE = uuid.UUID("6f1e3f0a-3c0e-5b58-9b55-7d5f6a3c5b1e")


def derived_id(*parts: str) -> str:
    """Derive an id of 32 characters, which the same parts always give again: put together, ids grow longer than one may be."""
    return uuid.uuid5(NAMESPACE, "\n".join(parts)).hex
