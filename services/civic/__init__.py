"""What every service of a county needs and a chassis need not know: assurance, mandates, divisions, privacy."""
