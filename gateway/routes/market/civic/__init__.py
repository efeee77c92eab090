"""Routes of market: civic."""
