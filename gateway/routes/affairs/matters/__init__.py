"""Routes of affairs: matters."""
