"""What can be read of applications: the own ones, and those of an official's regions."""

from services.affairs.matters.applications.days_line import line_of
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.ports import Calendars
from services.affairs.matters.applications.scopes import (
    only_officials_of_the_region,
    sees_all,
    whose_history_it_is,
)
from services.affairs.matters.applications.store import UNSHOWN, ApplicationStore
from services.chassis.storage.encrypted_fields import in_full
from services.chassis.storage.paging import page
from services.civic.calls import Call

WITHOUT_FILES: dict[str, list] = {"shown_files": [], "originals_opened": []}
OF_THE_CLOCK = (
    *("id", "matter_name", "state", "counted_from", "days_unit", "promise_days", "statutory_days"),
    *("due_at", "provisional", "legal_due_at", "legal_provisional", "suspended_until"),
    *("extension", "suspensions"),
)
"""What of an application its line of days says beside the days."""
UNTOLD: dict[str, None] = {"stars": None, "comment": None}
"""No official reads the rating here: whoever was rated reads monthly totals, and of a bad one its case (`ratings`)."""
BY_DUE_DATE = ("due_at", 1)
BY_RECEIPT = ("submitted_at", 1)


def one(applications: ApplicationStore, call: Call) -> dict:
    """One application, in full to the applicant and the handling clerk only."""
    id, actor = call.data["application_id"], call.actor
    if actor.kind in ("resident", "visitor"):
        return _in_full(applications.get(id, scope=whose_history_it_is(actor)))
    return to_an_official(applications.get(id, scope=only_officials_of_the_region(actor)), call)


def to_an_official(application: Application, call: Call) -> dict:
    """What an official reads of one: in full who handles it, masked whoever does not, and nobody its rating."""
    sees = sees_all(call.actor, application.region)
    return {**(_in_full(application) if sees else _masked(application)), **UNTOLD}


def progress(applications: ApplicationStore, call: Call) -> Application:
    """How far an application is, by its number, to who has the applicant's phone: nothing of what anybody wrote."""
    return applications.get(call.data["application_id"], scope=whose_history_it_is(call.actor))


def days(applications: ApplicationStore, calendars: Calendars, call: Call) -> dict:
    """The line of days of one application, to the applicant and to the officials of the region; what was written about the time to the handling clerks only."""
    id, actor = call.data["application_id"], call.actor
    own = actor.kind in ("resident", "visitor")
    scope = whose_history_it_is(actor) if own else only_officials_of_the_region(actor)
    application = applications.get(id, scope=scope)
    told = {name: getattr(application, name) for name in OF_THE_CLOCK}
    if not own and not sees_all(actor, application.region):
        told["extension"] = _unsaid(told["extension"]) if told["extension"] else None
        told["suspensions"] = [_unsaid(one) for one in told["suspensions"]]
    term = application.terms.get("term")
    law = f"《{term['law']}》{term['article']}" if term else ""
    line = line_of(application, calendars.of(application.region), call.now)
    return {**told, "law": law, "days": line}


def _unsaid(written: dict) -> dict:
    return {**written, "reason": ""}


def own(applications: ApplicationStore, call: Call) -> dict:
    """A page of the resident's own applications, newest first."""
    return _page(applications, whose_history_it_is(call.actor), call, ("submitted_at", -1))


def waiting(applications: ApplicationStore, call: Call) -> dict:
    """A page of the regions' applications in a state: accepted by due date, others by receipt."""
    state = call.data["state"]
    where = {**only_officials_of_the_region(call.actor), "state": state}
    return _page(applications, where, call, BY_DUE_DATE if state == "accepted" else BY_RECEIPT)


def _page(applications: ApplicationStore, where: dict, call: Call, order: tuple[str, int]) -> dict:
    return page(applications.documents, where, call.data, order, applications.from_row, UNSHOWN)


def _in_full(application: Application) -> dict:
    full = {
        "shown_name": application.applicant_name,
        "shown_phone": application.applicant_phone,
        "shown_files": application.shown_files,
        "born_on": application.born_on,
    }
    return {**in_full(application), **full}


def _masked(application: Application) -> dict:
    """Leave out the materials' notes, the form, the birthday and the photos: applicants write ID numbers there, or show them."""
    masked = {"shown_name": application.shown_name, "shown_phone": application.shown_phone}
    materials = [{"name": material["name"], "note": ""} for material in application.materials]
    left_out = {"materials": materials, "filled": [], "born_on": None, **WITHOUT_FILES}
    return {**in_full(application), **masked, **left_out}
