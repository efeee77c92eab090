"""Routes of identity: privacy."""
