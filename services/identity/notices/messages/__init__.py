"""Messages to phones: short, in plain Chinese, one for each matter, through a provider or the other one.

Owns: messages, sms_nonces. Emits: nothing. Hears: nothing. Asks: the SMS providers over HTTP (and residents for a phone,
wired in the service). Rooms of its own: `texting.py`, by which other capabilities have a message sent; `templates.py`, the texts
with their versions; `provider.py`, a provider's HTTP client; `receipts.py`, the check of what it sends; `sender.py`, a process
of its own that finds what is due, and `delivery_attempt.py`, which sends one.

What warns a person (another password, another phone) waits for nothing, and goes to the phone that was theirs when it happened.
A message holds whom and which template, never a phone or a text. A provider's word is believed in two cases: the answer to our
own signed request, and a receipt with a good, fresh and new signature, for a message that this provider was asked to send.
"""
