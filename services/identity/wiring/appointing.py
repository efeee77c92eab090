"""Appointment as other capabilities need it: who may grant what at the moment, and putting somebody in office."""

from contextlib import AbstractContextManager

from pymongo.database import Database

from services.chassis.core.actor import Role
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.divisions.regions.store import Divisions
from services.identity.officials.invitations.model import Invitation
from services.identity.officials.staff.model import (
    Official,
    a_role_fits_its_region,
    nobody_grants_outside_their_region_or_above_their_level,
    only_an_administrator_in_office_decides,
)
from services.identity.officials.staff.store import OfficialStore
from services.identity.wiring.accounts import Accounts


class Appointing:
    """Joins officials, their present roles and the divisions."""

    def __init__(self, officials: OfficialStore, people: Accounts, divisions: Divisions):
        self.officials, self.people, self.divisions = officials, people, divisions

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Appointing":
        """Make it from the settings."""
        people = Accounts.from_platform(database, settings)
        return cls(OfficialStore(database), people, Divisions(database))

    def may_grant(self, by: str, role: str, region: str) -> None:
        """Raise Forbidden unless this official holds, now and not by an old token, a role that grants this one there."""
        only_an_administrator_in_office_decides(self.officials.find(by))
        person = self.people.find(by)
        roles = [Role(*pair) for pair in person.roles] if person else []
        nobody_grants_outside_their_region_or_above_their_level(roles, role, region)

    def edition_of_a_post(self, role: str, region: str) -> str:
        """The edition in which the code names the division of such a post; raises Rejected, NotFound."""
        a_role_fits_its_region(role, region)
        return self.divisions.get(region).edition

    def must_stand_still(self, region: str) -> None:
        """Raise Rejected while the county is on its way to another edition."""
        self.divisions.must_stand_still(region)

    def at_once(self) -> AbstractContextManager[None]:
        """Make the writes to the official and to what put them in office one."""
        return self.officials.at_once()

    def put_in_office(
        self, id: str, post: Invitation, login: str, password_hash: str, call: Call
    ) -> Official:
        """Add an official with a password of their own; `post` gives name, role, region, edition and invited_by."""
        official = Official(
            id=id,
            region=post.region,
            login=login,
            name=post.name,
            role=post.role,
            password_hash="",
            appointed_by=post.invited_by,
            appointed_at=call.now,
            edition=post.edition,
        )
        events = [*official.appointed(), *official.choose_password(password_hash)]
        self.officials.add(official, events, call)
        return official
