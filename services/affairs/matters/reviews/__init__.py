"""复核: who does not agree with a decision has another officer look at it once more inside the platform, then the county.

Owns: reviews. Emits: affairs.review.asked, .taken, .decided, .raised, .withdrawn, .reopened. Hears: affairs.application.reopened. Asks: nothing.

One review of one decision, whose id is its application's. `model.py` is its way: asked, taken by somebody who had no hand in the decision, upheld or
set aside, once more to the county; `rules.py` are its sentences, `remedies.py` counts the last days of 行政复议 and lawsuit, which run on meanwhile.
What is set aside the office handles again: applications hear it and open another one with everything carried over, of which this capability hears
(`listeners.py`). `timers.py` is the clock, `scopes.py` says whose it is.

Source: our own service beside 行政复议法 2023 and 行政诉讼法 2017, never a precondition of either; the days are settings.
"""
