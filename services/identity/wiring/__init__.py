"""What one capability of identity gives another, and what the service is made of."""
