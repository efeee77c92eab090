"""Routes to the market service."""
