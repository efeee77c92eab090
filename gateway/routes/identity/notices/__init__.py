"""Routes of identity: notices."""
