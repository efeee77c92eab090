"""Shapes of copies of one's own data."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.civic.privacy.data_subject_export import Section

STATES = ("gathering", "ready")
FORMATS = ("json", "pdf")


class FindExport(Shape):
    """One request of the caller."""

    export_id = Id(required=True)


class OpenExport(FindExport):
    """The copy itself, for who has just signed in; every first opening after a sign-in is noted."""

    format = fields.String(
        load_default="json",
        validate=validate.OneOf(FORMATS),
        metadata={"description": "json，或供阅读打印的 pdf"},
    )


class ListExports(Page):
    """The caller's requests of the last days, newest first."""


class Export(Answer):
    """One request: `missing` are the services whose part is not there yet; after `expires_at` there is nothing left."""

    id = Id(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    asked_at = Time(required=True)
    expires_at = Time(required=True, metadata={"description": "此后副本自动删除"})
    missing = fields.List(fields.String(), required=True, metadata={"description": "尚未取得的部分"})


ExportPage = page_of(Export)


class ExportPart(Answer):
    """What one service holds; where it lacks, `detail` says so, and it is asked for again."""

    service = fields.String(required=True)
    gathered_at = Time(allow_none=True, required=True)
    detail = fields.String(allow_none=True, required=True)
    sections = fields.List(fields.Nested(Section), required=True)


class ExportCopy(Export):
    """A copy of everything that the platform holds about the caller, by service."""

    resident_id = Id(required=True)
    parts = fields.List(fields.Nested(ExportPart))


class _OfExport(Event):
    """What every event of a copy carries; it says that there is one, and nothing of what is in it."""

    export_id = public(Id(required=True))
    resident_id = public(Id(required=True))


class ExportAsked(_OfExport):
    """A resident asked for a copy: every service gathers what it holds under these entries, until then."""

    name = "identity.export.asked"
    state = in_state("gathering")
    entries = public(fields.List(Id(), required=True))
    expires_at = public(Time(required=True))


class ExportAskedAgain(_OfExport):
    """A service has not answered in its time."""

    name = "identity.export.asked_again"
    state = in_state("gathering")
    entries = public(fields.List(Id(), required=True))
    expires_at = public(Time(required=True))


class ExportReady(_OfExport):
    """Every service has answered."""

    name = "identity.export.ready"
    state = in_state("ready")


RESIDENT = ("resident",)

ask_export = Operation(None, Export, allow=RESIDENT, writes=True, assurance=0)
list_exports = Operation(ListExports, ExportPage, allow=RESIDENT)
find_export = Operation(FindExport, Export, allow=RESIDENT)
open_export = Operation(OpenExport, ExportCopy, allow=RESIDENT, in_full=True)
