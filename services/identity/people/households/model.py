"""A household: its members, its head, and what the head asks the village for."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import NotFound
from services.identity.people.households import rules

ASKS_KEPT = 50
HEAD = rules.HEAD
Events = list[tuple[str, dict]]


@dataclass
class Member:
    """A person in a household; `away` is {destination, since} with an ISO date."""

    resident_id: str
    relation: str
    since: datetime
    away: dict | None = None
    left_behind: str | None = None
    disability_grade: int | None = None


@dataclass
class Ask:
    """What a head asked for: to add or to remove somebody."""

    id: str
    kind: str
    resident_id: str
    relation: str
    note: str
    asked_at: datetime
    state: str = "waiting"
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass
class Household:
    """People who live together in a village; without a head it waits until the village names one."""

    id: str
    region: str
    head_id: str | None
    members: list[Member]
    formed_by: str
    formed_at: datetime
    asks: list[Ask] = field(default_factory=list)
    state: str = "active"
    dissolved_at: datetime | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def member_ids(self) -> list[str]:
        """The ids of who belongs to it."""
        return [one.resident_id for one in self.members]

    @property
    def asked_ids(self) -> list[str]:
        """The ids of those about whom the head asked something, members or not."""
        return sorted({one.resident_id for one in self.asks})

    def member(self, resident_id: str) -> Member:
        """Find a member; raises NotFound."""
        rules.only_a_member_is_meant(resident_id in self.member_ids)
        return next(one for one in self.members if one.resident_id == resident_id)

    def form(self) -> Events:
        """The village has entered it."""
        return self._events("formed")

    def add(self, member: Member) -> Events:
        """Take somebody in; raises Conflict for a member, Rejected without a head."""
        rules.only_a_standing_household_changes(self.state)
        rules.a_household_has_a_head_first(self.head_id)
        rules.nobody_is_a_member_twice(member.resident_id in self.member_ids)
        rules.only_the_head_is_related_as_head(member.relation)
        rules.who_is_away_is_not_left_behind(member.away, member.left_behind)
        rules.a_household_is_not_larger_than_a_family(len(self.members) + 1)
        self.members.append(member)
        return self._events("member_joined", resident_id=member.resident_id)

    def remove(self, resident_id: str, now: datetime) -> Events:
        """Let somebody go who moved, died or was entered wrongly; the last one dissolves it, the head leaves it without."""
        rules.only_a_standing_household_changes(self.state)
        self.members.remove(self.member(resident_id))
        if not self.members:
            return self.dissolve(now)
        self.head_id = None if resident_id == self.head_id else self.head_id
        return self._events("member_left", resident_id=resident_id)

    def forget(self, resident_id: str) -> bool:
        """Forget what was written about somebody who was erased, or by them as the head; tell whether there was anything."""
        theirs = [one for one in self.asks if resident_id in (one.resident_id, self.head_id)]
        told = [one for one in theirs if one.note or one.reason]
        for ask in told:
            ask.note, ask.reason = "", None
        return bool(told)

    def change(self, resident_id: str, changes: dict) -> Events:
        """Correct what the village knows of a member; raises Rejected where it contradicts itself."""
        rules.only_a_standing_household_changes(self.state)
        member = self.member(resident_id)
        if "relation" in changes:
            rules.the_head_stays_related_as_head(resident_id == self.head_id)
            rules.only_the_head_is_related_as_head(changes["relation"])
        for name, value in changes.items():
            setattr(member, name, value)
        rules.who_is_away_is_not_left_behind(member.away, member.left_behind)
        return self._events("member_changed", resident_id=resident_id)

    def know_as(self, person_id: str, resident_id: str) -> Events:
        """A member without an account has registered as a resident, and stays what they were; who was entered as both is one."""
        rules.only_a_standing_household_changes(self.state)
        member = self.member(person_id)
        if resident_id in self.member_ids:
            self.members.remove(member)
        member.resident_id = resident_id
        self.head_id = resident_id if self.head_id == person_id else self.head_id
        if self.head_id == resident_id:
            self.member(resident_id).relation = HEAD
        for ask in self.asks:
            if ask.resident_id == person_id:
                ask.resident_id = resident_id
        return self._events("member_linked", resident_id=resident_id, person_id=person_id)

    def name_head(self, head_id: str, relations: dict[str, str]) -> Events:
        """Make a member the head and relate everybody else to them; raises Rejected where somebody lacks."""
        rules.only_a_standing_household_changes(self.state)
        head = self.member(head_id)
        rules.everybodys_relation_is_given(
            list(relations), [one for one in self.member_ids if one != head_id]
        )
        self._relate(relations)
        self.head_id, head.relation = head_id, HEAD
        return self._events("head_changed")

    def split_off(self, goers: list[str], new_id: str) -> Events:
        """Let these members go together into a household with this id; raises Rejected for the head."""
        rules.only_a_standing_household_changes(self.state)
        for goer in goers:
            rules.only_a_member_is_meant(goer in self.member_ids)
        rules.a_household_has_a_head_first(self.head_id)
        rules.the_head_stays_when_others_split_off(self.head_id in goers)
        self.members = [one for one in self.members if one.resident_id not in goers]
        return self._events("split", new_household_id=new_id)

    def take_in(self, others: list[Member], relations: dict[str, str], other_id: str) -> Events:
        """Take in all members of another household; raises Rejected where somebody's relation lacks."""
        rules.only_a_standing_household_changes(self.state)
        rules.a_household_has_a_head_first(self.head_id)
        rules.everybodys_relation_is_given(list(relations), [one.resident_id for one in others])
        rules.a_household_is_not_larger_than_a_family(len(self.members) + len(others))
        self.members = [*self.members, *others]
        self._relate(relations)
        return self._events("joined", other_household_id=other_id)

    def dissolve(self, now: datetime) -> Events:
        """Let everybody go; what the head still asked for is over with it."""
        rules.only_a_standing_household_changes(self.state)
        self.state, self.dissolved_at, self.head_id, self.members = "dissolved", now, None, []
        for ask in self.asks:
            if ask.state == "waiting":
                ask.state, ask.decided_at = "withdrawn", now
        return self._events("dissolved")

    def ask(self, ask: Ask) -> Events:
        """Keep what the head asks for; raises Conflict where it waits already, Rejected where too much waits."""
        rules.only_a_standing_household_changes(self.state)
        waiting = [one for one in self.asks if one.state == "waiting"]
        rules.one_thing_is_asked_once(
            any((o.kind, o.resident_id) == (ask.kind, ask.resident_id) for o in waiting)
        )
        rules.a_head_waits_for_few_answers(len(waiting))
        if ask.kind == "remove":
            self.member(ask.resident_id)
            rules.a_head_does_not_ask_to_leave(ask.resident_id == self.head_id)
        else:
            rules.nobody_is_a_member_twice(ask.resident_id in self.member_ids)
            rules.only_the_head_is_related_as_head(ask.relation)
        self.asks = [*self.asks, ask][-ASKS_KEPT:]
        return self._events("change_asked", ask_id=ask.id)

    def approve(self, ask_id: str, by: str, now: datetime) -> Events:
        """Do what the head asked for; raises Conflict where it is decided or came about meanwhile."""
        ask = self.waiting_ask(ask_id)
        if ask.kind == "add":
            events = self.add(Member(ask.resident_id, ask.relation, now))
        else:
            rules.a_household_has_a_head_first(self.head_id)
            rules.a_head_does_not_ask_to_leave(ask.resident_id == self.head_id)
            events = self.remove(ask.resident_id, now)
        return events + self._decide(ask, "approved", by, now)

    def refuse(self, ask_id: str, by: str, reason: str, now: datetime) -> Events:
        """Say no to what the head asked for, and why."""
        ask = self.waiting_ask(ask_id)
        ask.reason = reason
        return self._decide(ask, "refused", by, now)

    def withdraw(self, ask_id: str, by: str, now: datetime) -> Events:
        """Take back what was asked for, before it is decided."""
        return self._decide(self.waiting_ask(ask_id), "withdrawn", by, now)

    def waiting_ask(self, ask_id: str) -> Ask:
        """Find what was asked for and is not decided; raises NotFound, and Conflict where it is."""
        rules.only_a_standing_household_changes(self.state)
        found = next((one for one in self.asks if one.id == ask_id), None)
        if not found:
            raise NotFound("household.ask_not_found", "没有找到这项请求，请核对编号。")
        rules.only_a_waiting_ask_is_decided(found.state)
        return found

    def _decide(self, ask: Ask, outcome: str, by: str, now: datetime) -> Events:
        ask.state, ask.decided_by, ask.decided_at = outcome, by, now
        return self._events("change_decided", ask_id=ask.id, outcome=outcome)

    def _relate(self, relations: dict[str, str]) -> None:
        for id, relation in relations.items():
            rules.only_the_head_is_related_as_head(relation)
            self.member(id).relation = relation

    def _events(self, verb: str, **more: object) -> Events:
        ids = {"household_id": self.id, "head_id": self.head_id, "member_ids": self.member_ids}
        return [(f"household.{verb}", {**ids, "state": self.state, **more})]


def marks_of(household: Household) -> dict[str, bool]:
    """What a household can be looked for by; only what is true."""
    found = {
        "away": any(one.away for one in household.members),
        "disabled": any(one.disability_grade for one in household.members),
        "headless": household.state == "active" and household.head_id is None,
        "asked": any(ask.state == "waiting" for ask in household.asks),
    }
    found |= {f"left_behind_{one.left_behind}": True for one in household.members if one.left_behind}
    return {name: True for name, true in found.items() if true}
