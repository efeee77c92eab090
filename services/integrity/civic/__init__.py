"""What integrity keeps of residents and divisions."""
