"""What is done with invitations: load -> decide -> save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Forbidden, NotFound, VersionConflict
from services.chassis.storage.encrypted_fields import in_full
from services.identity.officials.invitations.model import GOOD_FOR, KEPT, Invitation, not_valid

if TYPE_CHECKING:
    from services.chassis.core.secrets import Passwords
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.identity.officials.invitations.links import Links
    from services.identity.officials.invitations.ports import Appointing, PasswordIsGood, Texting
    from services.identity.officials.invitations.store import InvitationStore


def invite(invitations: InvitationStore, appointing: Appointing, links: Links, call: Call) -> dict:
    """Invite somebody to a role in a region; gives the invitation with its link, which a repeat shows again while it is good."""
    asked = call.data
    appointing.may_grant(call.actor.id, asked["role"], asked["region"])
    edition = appointing.edition_of_a_post(asked["role"], asked["region"])
    id = call.new_id("invitation")
    invitation = Invitation(
        id=id,
        **asked,
        edition=edition,
        invited_by=call.actor.id,
        invited_at=call.now,
        expires_at=call.now + GOOD_FOR,
        link=links.hash_of(links.secret(id, 1)),
    )
    try:
        invitations.add(invitation, invitation.sent(), call)
    except AlreadyAnswered:
        invitation = invitations.get(id)
    return _with_link(invitation, links, call)


def send_anew(
    invitations: InvitationStore, appointing: Appointing, links: Links, scope: dict, call: Call
) -> dict:
    """Send another link; the one before dies. Raises NotFound outside the actor's scope, Conflict where it is over."""
    id = call.data["invitation_id"]
    try:
        invitation = invitations.get(id, call, scope)
        appointing.may_grant(call.actor.id, invitation.role, invitation.region)
        link = links.hash_of(links.secret(id, invitation.number + 1))
        invitations.save(invitation, invitation.send_anew(call.actor.id, link, call.now), call)
    except AlreadyAnswered:
        invitation = invitations.get(id, scope=scope)
    return _with_link(invitation, links, call)


def revoke(invitations: InvitationStore, appointing: Appointing, scope: dict, call: Call) -> Invitation:
    """Take an invitation back; its link is good for nothing from now on."""
    invitation = invitations.get(call.data["invitation_id"], call, scope)
    appointing.may_grant(call.actor.id, invitation.role, invitation.region)
    invitations.save(invitation, invitation.revoke(), call)
    return invitation


def look(invitations: InvitationStore, appointing: Appointing, links: Links, call: Call) -> Invitation:
    """What a link invites to; raises Rejected for every link that cannot be used, the same way."""
    invitation = invitations.of_link(links.hash_of(call.data["secret"]), call)
    if invitation is None or not _is_good(invitation, appointing, call):
        raise not_valid()
    return invitation


def accept(
    invitations: InvitationStore,
    appointing: Appointing,
    links: Links,
    password_is_good: PasswordIsGood,
    passwords: Passwords,
    call: Call,
) -> Invitation:
    """Take the office under a login and a password of one's own; raises Rejected as `look` does.

    Invitation and official are written at once: of two who use one link at the same moment one gets the office.
    """
    asked, invitation = call.data, look(invitations, appointing, links, call)
    password_is_good(asked["password"], "", asked["login"])
    appointing.must_stand_still(invitation.region)
    hashed, id = passwords.hash(asked["password"]), call.new_id("official")
    with appointing.at_once():
        official = appointing.put_in_office(id, invitation, asked["login"], hashed, call.without_key())
        invitations.save(invitation, invitation.accept(official.id), call)
    return invitation


def lapse(invitations: InvitationStore, call: Call) -> int:
    """End what nobody has used or sent anew for long; gives how many."""
    ended = 0
    for id in invitations.long_expired(call.now - KEPT):
        invitation = invitations.get(id)
        try:
            invitations.save(invitation, invitation.lapse(), call)
        except VersionConflict:
            continue  # it was sent anew, or another process was faster
        ended += 1
    return ended


def send(invitations: InvitationStore, texting: Texting, event: Envelope, call: Call) -> None:
    """Have the link sent to the invited person's phone, if there is one; a repeated or outdated event sends nothing."""
    try:
        invitation = invitations.get(event.subject)
    except NotFound:
        return
    if invitation.state == "open" and invitation.number == event.data["number"] and invitation.phone:
        texting.send_invitation(invitation, call)


def _is_good(invitation: Invitation, appointing: Appointing, call: Call) -> bool:
    """Whoever sent the link may have lost the right meanwhile, and the division may have become another one."""
    try:
        appointing.may_grant(invitation.invited_by, invitation.role, invitation.region)
        edition = appointing.edition_of_a_post(invitation.role, invitation.region)
    except (Forbidden, NotFound):
        return False
    return invitation.is_good(edition, call.now)


def _with_link(invitation: Invitation, links: Links, call: Call) -> dict:
    shown = invitation.state == "open" and invitation.invited_by == call.actor.id
    link = links.link(links.secret(invitation.id, invitation.number)) if shown else None
    return {**in_full(invitation), "masked_name": invitation.masked_name, "link": link}
