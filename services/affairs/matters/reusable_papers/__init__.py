"""Papers that a window verified once and their holder lets be used again, so that nobody is asked for them twice.

Owns: reusable_papers, paper_leaves (a copy). Emits: affairs.reusable_paper.kept, .ended. Hears: affairs.application.material_verified, .declined,
.withdrawn, .lapsed; identity.consent.given, .withdrawn. Asks: nothing.

A paper holds no file: it names the application in which it was verified, and that application's files, for as long as that one stands. The
next application names the same files (`applications/verifying.py`). It is kept only with its holder's leave (purpose `paper_reuse` of
identity's consents) and ends with it, with the case it is from, at its holder's word, when its time is over, or with the account.
"""
