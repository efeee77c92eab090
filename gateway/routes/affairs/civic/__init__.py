"""Routes of affairs: civic."""
