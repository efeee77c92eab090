"""Other departments: what they may hear, the feed of all events, streams and webhooks."""
