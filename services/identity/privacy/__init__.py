"""What a person may ask about their own data: consents, unmaskings, erasure, export."""
