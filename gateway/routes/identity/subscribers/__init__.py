"""Routes of identity: subscribers."""
