"""Sentences that the offices of a county keep, to begin a notice, a refusal or a decision with.

Owns: sentences. Emits: nothing. Hears: nothing. Asks: nothing.

They are taken over into what a clerk writes, and changed there: what was sent is the application's, and no later change of a sentence changes it.
"""
