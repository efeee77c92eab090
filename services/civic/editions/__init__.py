"""How the platform follows a county that switches to a later edition of the division codes."""
