"""Routes of market: selling."""
