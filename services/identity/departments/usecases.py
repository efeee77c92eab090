"""What is done with subscriptions."""

from services.chassis.errors import AlreadyAnswered
from services.identity.departments.model import Department, a_grant_stays_inside_the_granting_officers_region


def grant(departments, credentials, call) -> dict:
    """Give a department a subscription; gives it with the credentials, which are derived and not stored."""
    asked = call.data
    a_grant_stays_inside_the_granting_officers_region(call.actor.roles, asked["region"])
    department = Department(
        id=call.new_id("department"),
        region=asked["region"],
        name=asked["name"],
        purpose=asked["purpose"],
        legal_ground=asked["legal_ground"],
        events=asked["events"],
        granted_by=call.actor.id,
        granted_at=call.now,
    )
    try:
        departments.add(department, department.granted(), call)
    except AlreadyAnswered:
        department = departments.get(department.id)
    return {**vars(department), "credentials": credentials(department)}


def connect(departments, streams, department_id: str, call) -> None:
    """Make the department's account and stream, then say that they are ready."""
    department = departments.get(department_id, call)
    if department.state == "granted":
        streams.provision(department)
        departments.save(department, department.connect(), call)


def revoke(departments, streams, scope, call) -> Department:
    """End a subscription: the account is closed first, so that nothing is read after the answer."""
    department = departments.get(call.data["department_id"], call, scope)
    events = department.revoke()
    streams.close(department)
    departments.save(department, events, call)
    return department


def dispatch(departments, streams, public_part, event) -> None:
    """Give the event to every department that was granted it, without personal data."""
    receivers = [d for d in departments.connected() if d.covers(event.name, event.region)]
    if receivers:
        streams.publish([d.stream for d in receivers], public_part(event))
