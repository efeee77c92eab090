"""Events of households: who belongs together now, by ids; never how they are related, nor anybody's circumstances.

Each of them tells all members as they are afterwards, so that whoever keeps a copy of the latest one by `household_id` knows
the household of a person: the one whose `member_ids` hold the person.
"""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id
from services.chassis.events.event import Event, in_state, public

OUTCOMES = ("approved", "refused", "withdrawn")


class _OfHousehold(Event):
    """What every event of a household carries; without `head_id` it waits for a new head."""

    household_id = public(Id(required=True))
    head_id = public(Id(required=True, allow_none=True))
    member_ids = public(fields.List(Id(), required=True))


class HouseholdFormed(_OfHousehold):
    """A village entered a household, or a part of another became one of its own (分户)."""

    name = "identity.household.formed"
    state = in_state("active")


class HouseholdMemberJoined(_OfHousehold):
    """A person became a member."""

    name = "identity.household.member_joined"
    state = in_state("active")
    resident_id = public(Id(required=True))


class HouseholdMemberLeft(_OfHousehold):
    """A person is no longer a member."""

    name = "identity.household.member_left"
    state = in_state("active")
    resident_id = public(Id(required=True))


class HouseholdMemberChanged(_OfHousehold):
    """The village corrected what it knows of a member; what it is stays with the village and the household."""

    name = "identity.household.member_changed"
    state = in_state("active")
    resident_id = public(Id(required=True))


class HouseholdMemberLinked(_OfHousehold):
    """A member without an account has registered: the same person, under `resident_id` instead of `person_id` from now on."""

    name = "identity.household.member_linked"
    state = in_state("active")
    resident_id = public(Id(required=True))
    person_id = public(Id(required=True))


class HouseholdHeadChanged(_OfHousehold):
    """Another member is the head."""

    name = "identity.household.head_changed"
    state = in_state("active")


class HouseholdSplit(_OfHousehold):
    """Members left together and are a household of their own (分户)."""

    name = "identity.household.split"
    state = in_state("active")
    new_household_id = public(Id(required=True))


class HouseholdJoined(_OfHousehold):
    """All members of another household were taken in (并户)."""

    name = "identity.household.joined"
    state = in_state("active")
    other_household_id = public(Id(required=True))


class HouseholdDissolved(_OfHousehold):
    """Nobody belongs to it any more."""

    name = "identity.household.dissolved"
    state = in_state("dissolved")


class HouseholdChangeAsked(_OfHousehold):
    """The head asked the village for a change of the members."""

    name = "identity.household.change_asked"
    state = in_state("active")
    ask_id = public(Id(required=True))


class HouseholdChangeDecided(_OfHousehold):
    """The village decided what the head had asked for, or the head took it back; the reason stays between the two."""

    name = "identity.household.change_decided"
    state = in_state("active")
    ask_id = public(Id(required=True))
    outcome = public(fields.String(required=True, validate=validate.OneOf(OUTCOMES)))
