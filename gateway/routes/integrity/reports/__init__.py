"""Routes of integrity: reports."""
