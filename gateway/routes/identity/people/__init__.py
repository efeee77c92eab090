"""Routes of identity: people."""
