"""With what a department comes in: its own key, the keys of its machines, and the accounts that read its stream.

No secret is stored: each is derived from a number or an id, and replacing it counts on. A department's own reader has no name.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected

if TYPE_CHECKING:
    from services.identity.subscribers.accounts.ports import Department

MOST_READERS = 5
MOST_MACHINE_KEYS = 5
MACHINE_KEY_LASTS = timedelta(days=365)
MACHINE = "xzk"
"""What a machine's key begins with, so that it is told from an access token, and found where it was left by mistake."""

BETWEEN_NOTES = timedelta(hours=1)
"""How exact it is known when a machine's key was last used: every use is no write."""


def add_reader(department: Department, name: str, now: datetime) -> None:
    """Another program reads the stream, with an account of its own."""
    only_a_living_stream_has_readers(department, now)
    if name in department.readers:
        raise Conflict("department.reader_exists", "已有同名的读取账户，请换一个名称。")
    if len(department.readers) >= MOST_READERS:
        raise Rejected(
            "department.too_many_readers",
            f"最多可有 {MOST_READERS} 个读取账户，请先删除不用的。",
            most=MOST_READERS,
        )
    department.readers.append(name)


def remove_reader(department: Department, name: str) -> None:
    """An account goes; one that is made anew under its name has another password."""
    only_a_known_reader_is_changed(department, name)
    department.readers.remove(name)
    department.passwords[name] = department.passwords.get(name, 0) + 1


def rotate_password(department: Department, name: str, now: datetime) -> None:
    """An account gets another password; the one before opens nothing any more."""
    only_a_living_stream_has_readers(department, now)
    if name:
        only_a_known_reader_is_changed(department, name)
    department.passwords[name] = department.passwords.get(name, 0) + 1


def add_machine_key(department: Department, id: str, name: str, now: datetime) -> dict:
    """A machine comes in with a key of its own; gives what is kept of it."""
    department.machine_keys = [one for one in department.machine_keys if one["expires_at"] > now]
    if len(department.machine_keys) >= MOST_MACHINE_KEYS:
        raise Rejected(
            "department.too_many_machine_keys",
            f"最多可有 {MOST_MACHINE_KEYS} 个机器密钥，请先撤销不用的。",
            most=MOST_MACHINE_KEYS,
        )
    made = {"id": id, "name": name, "made_at": now, "expires_at": now + MACHINE_KEY_LASTS, "used_at": None}
    department.machine_keys.append(made)
    return made


def revoke_machine_key(department: Department, id: str) -> dict:
    """A machine's key opens nothing any more; gives what was kept of it."""
    found = [one for one in department.machine_keys if one["id"] == id]
    if not found:
        raise NotFound("department.machine_key_unknown", "没有找到这个机器密钥，请刷新列表。")
    department.machine_keys = [one for one in department.machine_keys if one["id"] != id]
    return found[0]


def living_machine_key(department: Department, id: str, now: datetime) -> dict | None:
    """A machine's key that opens something now, or None."""
    found = [one for one in department.machine_keys if one["id"] == id and one["expires_at"] > now]
    return found[0] if found else None


def only_who_signed_in_changes_access(session: str | None) -> None:
    """A machine's key that got lost must not make others, or lock its department out."""
    if not session:
        raise Forbidden(
            "department.sign_in_to_change_access", "密钥、账户和订阅的变更，请用部门的登录密钥登录后办理。"
        )


def only_a_living_stream_has_readers(department: Department, now: datetime) -> None:
    """There is nothing to read before a stream is connected, and nothing once its grant has ended."""
    if department.delivery != "stream" or not department.receives(now):
        raise Conflict("department.no_stream", "该订阅没有使用中的消息流，请先核对订阅状态。")


def only_a_known_reader_is_changed(department: Department, name: str) -> None:
    """An account is named as it was made."""
    if name not in department.readers:
        raise NotFound("department.reader_unknown", "没有找到这个读取账户，请刷新列表。")
