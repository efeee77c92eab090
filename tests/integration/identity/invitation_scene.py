"""Administrators who invite, and people who open links, as the doors let them."""

import uuid
from dataclasses import replace
from types import SimpleNamespace

from services.chassis.core.actor import Role
from services.chassis.core.calls import event_call, write_call
from services.chassis.core.errors import AlreadyAnswered, DomainError, VersionConflict
from services.chassis.events.event import Envelope
from services.civic.actor import ANONYMOUS, CivicActor
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.officials.invitations import contract, usecases, views
from services.identity.officials.invitations.links import Links
from services.identity.officials.invitations.store import InvitationStore
from services.identity.officials.staff import usecases as staff
from services.identity.wiring.appointing import Appointing
from tests.integration.identity.official_scene import COUNTY, KEY, TOWN
from tests.integration.identity.official_scene import Scene as OfficialScene

OWN = "a hill with seven trees"
WITHOUT_PHONE = {"name": "新同事", "phone": "", "role": "clerk", "region": TOWN}
ADDRESS = "https://county.example"


class Divisions:
    """Every code is a division of one edition; `edition` changes where the county adopts another one."""

    edition = "2019"

    def get(self, code):
        return SimpleNamespace(edition=self.edition)

    def must_stand_still(self, code):
        """Nothing moves."""


class Scene(OfficialScene):
    """A county administrator `chief` and what they do with invitations."""

    def __init__(self, database):
        super().__init__(database)
        self.invitations, self.divisions = InvitationStore(database), Divisions()
        self.invitations.create_indexes()
        self.links = Links(KEY, ADDRESS)
        self.appointing = Appointing(self.officials, self.people, self.divisions)
        self.chief = self.administrator()

    def administrator(self, role="county_administrator", region=COUNTY) -> CivicActor:
        """Give a new administrator, as who calls."""
        made = self.appoint(f"chief-{uuid.uuid4().hex[:12]}", role, region)
        return CivicActor(made.id, "official", (Role(role, region),))

    def run(self, work, *args, data, by, key="", answer=None):
        """Go through a writing door: again from the load where somebody was faster; gives the answer or the refusal's code."""
        shape = answer and answer()
        for _ in range(40):
            call = write_call(work.__name__, data, by, key or uuid.uuid4().hex, shape and shape.dump)
            try:
                return work(*args, replace(call, now=self.now))
            except AlreadyAnswered as repeat:
                return SimpleNamespace(**repeat.answer)
            except VersionConflict:
                continue
            except DomainError as refused:
                return refused.code
        raise AssertionError("never came to an end")

    def invite(self, by=None, key="", **asked):
        asked = {**WITHOUT_PHONE, **asked}
        tools = (self.invitations, self.appointing, self.links)
        return self.run(usecases.invite, *tools, data=asked, by=by or self.chief, key=key)

    def send_anew(self, given, by=None, scope=None, key=""):
        tools = (self.invitations, self.appointing, self.links, scope or {})
        asked = {"invitation_id": given["id"]}
        return self.run(usecases.send_anew, *tools, data=asked, by=by or self.chief, key=key)

    def revoke(self, given, by=None, scope=None):
        tools = (self.invitations, self.appointing, scope or {})
        return self.run(usecases.revoke, *tools, data={"invitation_id": given["id"]}, by=by or self.chief)

    def look(self, given):
        call = self.call({"secret": secret_of(given)})
        return self.try_to(usecases.look, self.invitations, self.appointing, self.links, call)

    def accept(self, given, login="new.clerk", password=OWN, key=""):
        asked = {"secret": secret_of(given), "login": login, "password": password}
        tools = (self.invitations, self.appointing, self.links, a_password_is_good, self.passwords)
        answer = contract.AcceptedInvitation
        return self.run(usecases.accept, *tools, data=asked, by=ANONYMOUS, key=key, answer=answer)

    def dismiss(self, actor) -> None:
        """Another administrator dismisses this one."""
        by = self.administrator()
        self.run(staff.dismiss, self.officials, {}, data={"official_id": actor.id}, by=by)

    def seen_by(self, actor, state="open") -> list[str]:
        """Give the ids of the invitations that somebody sees in the list."""
        call = self.call({"state": state, "limit": 20}, actor)
        return [one.id for one in views.in_scope(self.invitations, call)["items"]]

    def told_of(self, given) -> list[Envelope]:
        """Give the events of an invitation."""
        found = self.invitations.documents.find_one({"_id": given["id"]})
        return [Envelope.from_document(one) for one in found["outbox"]]

    def hear(self, event, texting) -> None:
        """Hear an event of an invitation, as the listener does."""
        call = event_call(event.id, event.data, event.time)
        usecases.send(self.invitations, texting, event, call)


def secret_of(given) -> str:
    """Give what stands in a link behind the #; a link in hand may also be told as text."""
    link = given if isinstance(given, str) else given["link"]
    return link.rpartition("#")[2]
