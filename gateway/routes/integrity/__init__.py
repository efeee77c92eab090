"""Routes to the integrity service."""
