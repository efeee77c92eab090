"""Shapes of recorded people."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.schemas import Answer, Edit, Id, Page, Region, Shape, Time, Whole, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.inputs import PersonId, PersonName
from services.civic.operation import Operation
from services.identity.inputs import MaskedNumber, PaperNumber

STATES = ("recorded", "linked", "ended")
ENDS = ("deceased", "moved", "mistaken")
EARLIEST, LATEST = 1900, 2100


def _birth_year(**more) -> Whole:
    return Whole(EARLIEST, LATEST, metadata={"description": "出生年份；填写身份证号时不用填"}, **more)


def _number() -> PaperNumber:
    return PaperNumber("身份证号，没有可不填")


class RecordPerson(Shape):
    """The village records somebody of its own who has no account: with the ID number, or with the year of birth."""

    name = PersonName(required=True)
    village = Region("village", required=True)
    birth_year = _birth_year()
    id_number = _number()

    @validates_schema
    def a_person_is_told_apart(self, data, **kwargs):
        """A name alone is many people's."""
        if ("birth_year" in data) == ("id_number" in data):
            raise ValidationError("请填写身份证号，没有身份证号的填写出生年份，二者只填一项。")


class FindRecorded(Shape):
    """One recorded person by id."""

    person_id = Id(required=True)


class CorrectRecorded(FindRecorded, Edit):
    """The village corrects what it recorded; what is not named stays, and a number brings its year of birth along."""

    name = PersonName()
    birth_year = _birth_year()
    id_number = _number()

    @validates_schema
    def something_is_corrected_without_contradiction(self, data, **kwargs):
        """Refuse nothing, and two years of birth."""
        if len(data.keys() - {"seen_version"}) < 2 or {"birth_year", "id_number"} <= data.keys():
            raise ValidationError("请填写要更正的内容；身份证号和出生年份只填一项。")


class LinkRecorded(FindRecorded):
    """The village says which of its certified residents it is."""

    resident_id = PersonId(required=True)


class EndRecorded(FindRecorded):
    """The person died or moved away, or was recorded by mistake."""

    kind = fields.String(required=True, validate=validate.OneOf(ENDS))


class ListRecorded(Page):
    """The recorded people of the caller's regions in a state, in the order in which they were recorded."""

    state = fields.String(load_default="recorded", validate=validate.OneOf(STATES))


class RecordedPerson(Answer):
    """A recorded person, masked; `registered_as` is the resident of the same village with the same number, to be linked."""

    id = Id(required=True)
    region = Region(required=True)
    name = fields.String(attribute="masked_name", required=True)
    id_number = MaskedNumber(attribute="masked_id_number", required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    recorded_at = Time(required=True)
    resident_id = Id(required=True, allow_none=True)
    ended_as = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class RecordedRow(RecordedPerson):
    """A recorded person in a list."""

    registered_as = Id(required=True, allow_none=True)


class WholeRecordedPerson(RecordedRow):
    """A recorded person with the year of birth."""

    birth_year = fields.Integer(required=True, allow_none=True)


RecordedPage = page_of(RecordedRow)


class _OfRecorded(Event):
    """What every event of a recorded person carries."""

    person_id = public(Id(required=True))


class RecordedPersonEntered(_OfRecorded):
    """A village recorded somebody who has no account."""

    name = "identity.recorded_person.entered"
    state = in_state("recorded")


class RecordedPersonCorrected(_OfRecorded):
    """The village corrected what it had recorded."""

    name = "identity.recorded_person.corrected"
    state = in_state("recorded")


class RecordedPersonLinked(_OfRecorded):
    """The person has registered: whoever keeps something under `person_id` keeps it under `resident_id` from now on."""

    name = "identity.recorded_person.linked"
    state = in_state("linked")
    resident_id = public(Id(required=True))


class RecordedPersonEnded(_OfRecorded):
    """The person died or moved away, or was recorded by mistake; which of these stays with the village."""

    name = "identity.recorded_person.ended"
    state = in_state("ended")


OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")
VILLAGE = "village_administrator"

record_person = Operation(RecordPerson, RecordedPerson, allow=(VILLAGE,), writes=True)
correct_recorded_person = Operation(CorrectRecorded, RecordedPerson, allow=(VILLAGE,), writes=True)
link_recorded_person = Operation(LinkRecorded, RecordedPerson, allow=(VILLAGE,), writes=True)
end_recorded_person = Operation(EndRecorded, RecordedPerson, allow=(VILLAGE,), writes=True)
find_recorded_person = Operation(FindRecorded, WholeRecordedPerson, allow=OFFICIALS, in_full=True)
list_recorded_people = Operation(ListRecorded, RecordedPage, allow=OFFICIALS)
