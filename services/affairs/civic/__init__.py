"""What affairs keeps of residents and divisions, and how it lets a person go."""
