"""The powers of a village (小微权力清单): who decides what, in which steps, by which law; what one may and may not do.

Owns: powers, power_versions, vain_searches. Emits: integrity.power.published, .withdrawn. Hears: nothing. Asks: nothing.

What a version says is in `content.py` (`shapes.py` for the wire); the one in force stands in the power, former ones in
`power_versions` (`versions.py`). A draft is written by one official of the county and published by another (`model.py`).

`data/small_powers.csv` are 57 powers written from law texts; `data/arranged.csv` puts them into groups and says what people call
them, `data/links.csv` names complaint categories and matters about the same: the project's own, as a proposal. All of it is loaded as drafts
that nobody sees until the county has confirmed them (`shipped.py`); what no row says, the county must say.

Search is `services/civic/searching`; an entry of it is made in `store.py`.
"""
