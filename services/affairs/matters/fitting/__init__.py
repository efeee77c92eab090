"""Which matters fit somebody: named rules over a few answers and, with leave, over what the village has entered; each says why.

Owns: fitting_answers. Emits: nothing. Hears: identity.consent.withdrawn. Asks: nothing.

`data/rules.csv` names the matter of each rule, its ages, its source and what the office must still say; the rules themselves are functions,
one per sentence (`rules_of_age.py`, `rules_of_family.py`, `rules_of_hardship.py`, `rules_of_living.py`) over `circumstances.py`.
A rule that lacks a condition says nothing: no suggestion is better than a wrong one (`suggesting.py`).

`terms.py` reads the table, `rule.py` is how a rule is declared.

Of adults the platform keeps no age: it is asked, or taken from nowhere. What the village knows (`data/purposes.csv` of identity's
consents, purpose `fitting`) comes with the request that needs it, through the gateway, and is kept nowhere. Answers are kept only
where somebody says so (`store.py`), for a year, and go with the leave, the account, or one click.
"""
