"""Routes of identity: divisions."""
