"""The keyed hashes that identity uses, each with its own purpose."""

import base64

from services.chassis.core.secrets import derived_password, keyed_hash
from services.civic.settings import CivicSettings


class Keys:
    """Derives what need not be stored from one key."""

    def __init__(self, key: bytes):
        self._key = key

    @classmethod
    def from_platform(cls, database, settings: CivicSettings) -> "Keys":
        """Make it from the settings."""
        return cls(settings.required("identity_hash_key").identity_hash_key)

    def of_id_number(self, number: str) -> str:
        """The hash under which one person is recognised."""
        return keyed_hash(self._key, "id number", number)

    def of_name(self, name: str) -> str:
        """The hash under which names are compared with a register."""
        return keyed_hash(self._key, "name", name)

    def of_department(self, department_id: str, number: int = 0) -> str:
        """The key with which a department signs in; `number` is how often it was rotated."""
        return derived_password(self._key, "department key", department_id, *_rotated(number))

    def of_office(self, department_id: str) -> str:
        """The eight digits by which an office that applied is recognised on the phone or on paper."""
        return f"{int(keyed_hash(self._key, 'office', department_id), 16) % 100_000_000:08d}"

    def of_machine(self, department_id: str, key_id: str) -> str:
        """The secret part of a key with which a department's machine calls."""
        return keyed_hash(self._key, "machine key", department_id, key_id)

    def of_webhook(self, department, number: int = 0) -> str:
        """The secret that a department's webhooks are signed with, in the form of Standard Webhooks.

        `number` is how often it was rotated.
        """
        raw = bytes.fromhex(keyed_hash(self._key, "webhook", department.id, *_rotated(number)))
        return f"whsec_{base64.b64encode(raw).decode()}"

    def of_code(self, code_id: str) -> str:
        """The six digits of a code that is sent to a phone: derived, so that they are stored nowhere."""
        return f"{int(keyed_hash(self._key, 'sms code', code_id), 16) % 1_000_000:06d}"

    def of_phone(self, phone: str) -> str:
        """The hash under which requests of one phone are counted."""
        return keyed_hash(self._key, "phone", phone)

    def of_wechat(self, app_id: str, openid: str) -> str:
        """The hash under which a WeChat identity of an app is recognised."""
        return keyed_hash(self._key, "wechat", app_id, openid)

    def one_time_password(self, official_id: str) -> str:
        """The password that works once for a new official."""
        return derived_password(self._key, official_id)


def _rotated(number: int) -> list[str]:
    """What the number of a rotation adds to what is derived: nothing for the first, as before there were rotations."""
    return [str(number)] if number else []
