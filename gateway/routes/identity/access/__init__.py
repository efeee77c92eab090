"""Routes of identity: access."""
