"""Officials who take leave, stand in and sign in, on a Monday in China that the test moves."""

from datetime import UTC, date, datetime, timedelta

from services.chassis.core.actor import Role
from services.chassis.core.calls import event_call
from services.chassis.core.scope import scope_filter
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.identity.access.sessions import usecases as sessions
from services.identity.officials.absences import contract, usecases, views
from services.identity.officials.absences.contract import ADMINISTRATORS
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.absences.views import parties_and_administrators
from tests.integration.identity.invitation_scene import Scene as InvitationScene

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in China
TODAY = date(2026, 11, 23)
VILLAGE, TOWN = "510183103204", "510183103"


class Scene(InvitationScene):
    """`li` administers a village, `zhang` its town."""

    def __init__(self, database):
        super().__init__(database)
        self.absences, self.now = AbsenceStore(database), MONDAY
        self.absences.create_indexes()
        self.people.clock = lambda: self.now
        self.li = self.official("li", "village_administrator", VILLAGE)
        self.zhang = self.official("zhang", "town_administrator", TOWN)

    def official(self, login, role, region) -> CivicActor:
        """Put somebody in office; gives them as who calls."""
        return CivicActor(self.appoint(login, role, region).id, "official", (Role(role, region),))

    def absence(self, by=None, stand_in="zhang", first=0, last=2, official=None, key=""):
        """Record a leave from `first` to `last`, in days from today."""
        asked = {"official_id": official, "stand_in": stand_in}
        asked |= {"first_day": TODAY + timedelta(days=first), "last_day": TODAY + timedelta(days=last)}
        by = by or self.li
        tools = (self.absences, self.officials, self.appointing.may_grant, scope_filter(by, *ADMINISTRATORS))
        return self.run(usecases.record, *tools, data=asked, by=by, key=key, answer=contract.Leave)

    def end(self, absence, by):
        tools = (self.absences, self.appointing.may_grant, parties_and_administrators(by))
        return self.run(usecases.end, *tools, data={"leave_id": absence.id}, by=by, answer=contract.Leave)

    def tick(self) -> None:
        """Let the clock be heard."""
        usecases.tick(self.absences, self.call())

    def hear_dismissal(self, actor) -> None:
        event = f"dismissed-{actor.id}"
        usecases.end_with_the_office(self.absences, actor.id, event_call(event, {}, self.now))

    def hear_end(self, absence) -> None:
        """Hear of the end as sessions do."""
        sessions.end_all_of(self.sessions, absence.stand_in_id, self.call())

    def roles(self, actor) -> list[tuple]:
        """Give the roles of somebody by a token of this moment."""
        return list(self.people.find(actor.id).roles)

    def told_of(self, absence) -> list[str]:
        found = self.absences.documents.find_one({"_id": absence.id})
        return [Envelope.from_document(one).name.rpartition(".")[2] for one in found["outbox"]]

    def state(self, absence) -> str:
        return self.absences.get(absence.id).state

    def mine(self, actor, side="absent") -> list[str]:
        call = self.call({"side": side, "limit": 20}, actor)
        return [one.id for one in views.mine(self.absences, call)["items"]]

    def seen_by(self, actor, state="begun") -> list[str]:
        call = self.call({"state": state, "limit": 20}, actor)
        return [one.id for one in views.in_scope(self.absences, call)["items"]]
