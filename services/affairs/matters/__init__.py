"""Government matters: the catalogue, and what residents apply for."""
