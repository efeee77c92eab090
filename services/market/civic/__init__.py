"""What the market keeps of residents and divisions, and how it lets a person go."""
