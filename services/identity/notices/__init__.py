"""What a person is told: notices in the inbox, messages to the phone, and what each of them prefers."""
