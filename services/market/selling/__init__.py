"""What residents offer and order."""
