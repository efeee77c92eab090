"""Residents apply for matters; the office notifies once, accepts, decides; the resident rates.

Owns: applications, application_drafts, progress_look_ups, clerks (a copy). Emits: affairs.application.submitted, .materials_missing, .supplemented, .accepted,
.declined, .decided, .withdrawn, .lapsed, .rated, .claimed, .handed, .released, .file_added, .file_removed, .file_cleared, .file_infected, .material_verified, .paper_reused, .original_opened,
.reopened, .extended, .suspended, .resumed, .escalated_to_head, .escalated_to_county, .due_moved.
Hears: identity.official.appointed, .placed, .dismissed; affairs.review.decided. Asks: nothing.

Rooms of its own: `hands.py`, for whom somebody acts at the desk; `in_hand.py` and `claiming.py`, who has an application in hand; `remarks.py`, what officials write for each other; `inbox.py`, what waits for a clerk; `clerks.py`, to whom it
can be given; `operations.py`, `desk_shapes.py` and `desk_rpc.py`, the doors of the desk; `desk_from_before.py`, how what 0.1.0 wrote
comes to it.

The clock (`on_the_clock.py`, with `clock_rules.py` and `more_time.py`) counts both dates by the matter's law and tells once of what is late; `clocking.py` and `timers.py` let it
act, `days_line.py` shows it day by day, `clock_shapes.py` and `clock_rpc.py` are its wire, `clock_from_before.py` how what 0.1.0 wrote comes to it.

Drafts are what somebody has filled in and not sent (`draft_model.py`, `drafting.py`, `draft_store.py`, `draft_shapes.py` for the wire): their own
alone, without events, deleted 30 days after they were last worked on.

The form as it was filled in has shapes of its own (`filled_shapes.py`).

Files are photos of the materials (`files.py` with `file_rules.py` and `with_files.py`, `file_shapes.py` and `file_rpc.py` for the wire), which affairs' `files` hold; an
application names those that were handed in, so that limit, state and file are one write.

What a window has verified is used again (`verified.py` with `verification_rules.py`, `verifying.py`, `verification_shapes.py` and
`verification_rpc.py` for the wire): the papers themselves are `reusable_papers`', which give them through `ports.py`.

Who has no account follows one by its number and a code (`looking_up.py` with `look_up_rules.py`, `look_up_limits.py` and `look_up_shapes.py`).

`handled_again.py` says who had a hand in an application, and `anew.py` opens another one for what a review has set aside.

`scopes.py` says whose application it is and who handles it.
"""
