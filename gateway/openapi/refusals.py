"""Which refusals an operation can answer with, by status."""

def of(route): return {}
