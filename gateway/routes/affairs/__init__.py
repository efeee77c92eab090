"""Routes to the affairs service."""
