"""Routes of market: paying."""
