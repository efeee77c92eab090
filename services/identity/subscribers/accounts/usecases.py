"""What a department does with its own access; the broker is told first, which may be repeated, and then it is written down."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Forbidden, NotFound
from services.identity.subscribers.accounts.model import (
    BETWEEN_NOTES,
    MACHINE,
    add_machine_key,
    add_reader,
    living_machine_key,
    only_who_signed_in_changes_access,
    remove_reader,
    rotate_password,
)
from services.identity.subscribers.accounts.model import revoke_machine_key as revoke

if TYPE_CHECKING:
    from services.chassis.core.secrets import Passwords
    from services.civic.calls import Call
    from services.identity.subscribers.accounts.ports import (
        Department,
        Departments,
        KeyOf,
        MachineSecretOf,
        Streams,
    )


def rotate(departments: Departments, passwords: Passwords, key_of: KeyOf, call: Call) -> dict:
    """Another key to sign in with; a repeat gives the one that is good now."""
    try:
        department = _own(departments, call)
        events = department.rotate_key(passwords.hash(key_of(department.id, department.keys + 1)))
        departments.save(department, events, call)
    except AlreadyAnswered:
        department = departments.get(call.actor.id)
    return {"login": department.login, "key": key_of(department.id, department.keys)}


def make_machine_key(departments: Departments, secret_of: MachineSecretOf, call: Call) -> dict:
    """A key for a machine; a repeat gives the same one, as long as it is good."""
    id = call.new_id("machine key")
    try:
        department = _own(departments, call)
        made = add_machine_key(department, id, call.data["name"], call.now)
        departments.save(department, [], call)
    except AlreadyAnswered:
        department = departments.get(call.actor.id)
        made = _living(department, id, call)
    return {**made, "key": f"{MACHINE}_{department.id}_{id}_{secret_of(department.id, id)}"}


def revoke_machine_key(departments: Departments, call: Call) -> dict:
    """A machine's key opens nothing any more, from the next request on."""
    department = _own(departments, call)
    revoked = revoke(department, call.data["key_id"])
    departments.save(department, [], call)
    return revoked


def holder_of(departments: Departments, secret_of: MachineSecretOf, call: Call) -> dict:
    """Whose machine comes; raises Forbidden, the same for every key that opens nothing."""
    kind, _, rest = call.data["key"].partition("_")
    department_id, _, rest = rest.partition("_")
    id, _, secret = rest.partition("_")
    if kind != MACHINE or not hmac.compare_digest(secret_of(department_id, id).encode(), secret.encode()):
        raise _wrong_key()
    try:
        known = living_machine_key(departments.get(department_id), id, call.now)
    except NotFound:
        raise _wrong_key() from None
    if known is None:
        raise _wrong_key()
    if known["used_at"] is None or call.now - known["used_at"] >= BETWEEN_NOTES:
        departments.note_use(department_id, id, call.now)
    return {"department_id": department_id}


def open_reader(departments: Departments, streams: Streams, call: Call) -> dict:
    """An account for another program; gives its credentials."""
    name = call.data["name"]
    try:
        department = _own(departments, call)
        add_reader(department, name, call.now)
        streams.open_account(department, name)
        departments.save(department, [], call)
    except AlreadyAnswered:
        department = departments.get(call.actor.id)
    return streams.credentials(department, name)


def close_reader(departments: Departments, streams: Streams, call: Call) -> dict:
    """The account of a program goes, with its connections."""
    name = call.data["reader"]
    department = _own(departments, call)
    remove_reader(department, name)
    streams.close_account(department.login_of(name))
    departments.save(department, [], call)
    return {"reader": name}


def rotate_stream_password(departments: Departments, streams: Streams, call: Call) -> dict:
    """Another password for an account; whoever is connected with the one before is cut off."""
    name = call.data["reader"] or ""
    try:
        department = _own(departments, call)
        rotate_password(department, name, call.now)
        streams.open_account(department, name)
        streams.disconnect(department.login_of(name))
        departments.save(department, [], call)
    except AlreadyAnswered:
        department = departments.get(call.actor.id)
    return streams.credentials(department, name)


def _own(departments: Departments, call: Call) -> Department:
    only_who_signed_in_changes_access(call.actor.session)
    own: Department = departments.get(call.actor.id, call)
    return own


def _living(department: Department, id: str, call: Call) -> dict:
    found = living_machine_key(department, id, call.now)
    if found is None:
        raise NotFound("department.machine_key_gone", "这个机器密钥已撤销或到期，请另行生成。")
    return found


def _wrong_key() -> Forbidden:
    return Forbidden("department.wrong_machine_key", "机器密钥无效、已撤销或已到期，请更换。")
