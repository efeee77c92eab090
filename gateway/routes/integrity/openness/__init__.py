"""Routes of integrity: what the public may see and check."""
