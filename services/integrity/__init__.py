"""Watching over those who govern: anonymous reports to the county's discipline committee."""
