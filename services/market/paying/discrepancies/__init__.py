"""What the payment provider says and nobody here knows of: kept and shown, so that somebody looks into it.

Owns: payment_discrepancies. Emits: nothing. Hears: nothing. Asks: nothing (payments note here, wired in the service).

A callback with a good signature is the provider's word, also where it fits nothing: a payment that is unknown, another amount or
currency, a refund that nobody asked for, a payment that is taken back after it succeeded (a chargeback). Nothing is believed of it
and no money moves; but it is money that somebody outside says has moved, and a refusal alone would be forgotten. The clerks of the
county, who decide what is disputed in its market, see it, and settle it with the provider.
"""
