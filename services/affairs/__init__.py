"""What a resident asks of the government: the catalogue of matters, and applications for them."""
