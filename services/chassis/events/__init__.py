"""Events as the public product: declaration, envelope, outbox entries, archive."""
