"""What becomes of the platform when four times as much is asked of it as it can do."""
