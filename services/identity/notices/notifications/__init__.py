"""Notices in a person's in-app inbox, made from the events of all services.

Owns: notices. Emits: nothing. Hears: identity.resident.certified, .number_claimed, .phone_lost, .rejected, .matched, .rejection_upheld, .escalated, .appealed,
.correction_asked, .corrected, .correction_refused, .move_asked, .released, .moved, .move_refused, .placed, .sight_revoked,
.end_reported, .reactivated, .merged, .password_changed, .phone_changed; identity.wechat_binding.bound, .ended; identity.disclosure.made; identity.erasure.asked, .hindered; identity.export.asked, .ready;
identity.webhook.rested, .disabled;
identity.department.applied, .granted, .refused, .connected, .change_asked, .change_refused, .changed, .end_announced, .revoked,
.expired, .key_rotated, .webhook_moved; identity.mandate.offered, .accepted, .refused, .ended, .expired;
affairs.application.submitted, .supplemented, .withdrawn, .file_added, .file_removed, .paper_reused, .materials_missing, .accepted, .declined, .decided, .lapsed,
.claimed, .handed, .file_infected, .original_opened, .extended, .suspended, .resumed, .due_moved, .escalated_to_head, .escalated_to_county; affairs.result.issued, .delivery_chosen, .handed_over, .revoked;
affairs.rating.received, .case_opened, .called_back, .answered, .raised, .closed, .appealed, .appeal_decided, .solved_asked;
affairs.review.asked, .taken, .decided, .raised, .withdrawn, .reopened;
market.listing.endorsed, .declined, .photo_infected; market.order.requested, .paid, .shipped, .received, .expired, .cancelled, .refund_due, .called_off,
.shipment_corrected; market.payment.requested, .refunded, .partially_refunded, .refund_overdue; market.claim.asked, .agreed, .refused, .disputed,
.decided, .sent_back, .returned, .withdrawn, .lapsed, .overdue, .refunded; market.conversation.message_left. Asks: nothing.
Rooms of its own: `naming.py`, by what a notice is known; `acts.py`, what ward and helper are told of what was done under a mandate; `sentences.py`, what is too long for the tables; `of_ratings.py` and `of_reviews.py`, their parts about ratings and reviews.
"""
