"""Routes of identity: officials."""
