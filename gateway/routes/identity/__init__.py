"""Routes to the identity service."""
