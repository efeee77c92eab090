"""How the personal fields of an aggregate lie in its document: one encrypted value, and what lists show of it, masked.

    {..., sealed: encrypted {personal field: value}, ...shown}

What is empty stays plain, and an answer that may tell of a person is encrypted as well. What nobody has read or changed is
not encrypted anew.
"""

from dataclasses import fields, is_dataclass

import bson

from services.chassis.storage.encrypted_fields import (
    HELD,
    EncryptedValue,
    is_empty,
    is_untouched,
    loaded,
    names_of,
)
from services.chassis.storage.field_encryption import Vault, is_encrypted


class DocumentEncryption:
    """Encrypts the `personal` fields of one class of aggregates; where there are none, nothing (and needs no vault)."""

    def __init__(self, vault: Vault, aggregate: type, personal: tuple[str, ...], shown: tuple[str, ...]):
        self._vault, self._aggregate = vault, aggregate
        self._personal, self._shown = personal, shown

    def fields_of(self, aggregate) -> dict:
        """Give what a document holds of the personal fields; nothing where it holds just that already."""
        if not self._personal or is_untouched(aggregate, self._personal):
            return {}
        values = self._values(aggregate)
        told = _not_empty(values)
        held = vars(aggregate).get(HELD)
        if held and held.stored == bson.encode(told):
            return {}
        encrypted = self._vault.encrypt(told) if told else None
        kept = {name: value for name, value in values.items() if name not in told}
        return {**kept, "sealed": encrypted, **{name: getattr(aggregate, name) for name in self._shown}}

    def gone_from(self, document: dict) -> dict:
        """Give what $unset takes away where these fields are written: what lay plain before and is encrypted now."""
        if "sealed" not in document:
            return {}
        return dict.fromkeys((name for name in self._personal if name not in document), "")

    def hold(self, aggregate, document: dict) -> None:
        """Note what is stored now, once it is: the next save of the same aggregate need not encrypt it again."""
        if "sealed" in document:
            held = vars(aggregate)[HELD] = EncryptedValue(document["sealed"], self._vault.decrypt)
            held.stored = bson.encode(_not_empty(self._values(aggregate)))

    def aggregate_of(self, document: dict):
        """Rebuild the aggregate; what is encrypted is decrypted when somebody asks for it."""
        values = {name: document[name] for name in names_of(self._aggregate) if name in document}
        values["id"] = document["_id"]
        if not self._personal:
            return self._aggregate(**values)
        known = [name for name in self._personal if name in values]
        empty = {name for name in known if is_empty(values[name])}
        if len(empty) < len(known) and not document.get("sealed"):
            return self._aggregate(**values)  # from before these fields were personal
        shown = {name: document[name] for name in self._shown if name in document}
        held = EncryptedValue(document.get("sealed"), self._vault.decrypt, shown, empty)
        return loaded(self._aggregate, values, held, self._personal, self._shown)

    def keep_answer(self, answer, aggregate=None):
        """Give an answer as it is kept under its key: encrypted where personal fields may stand in it."""
        if not self._personal or answer is None or (aggregate and is_untouched(aggregate, self._personal)):
            return answer
        return self._vault.encrypt({"answer": answer})

    def recall_answer(self, kept):
        """Give the answer that was kept."""
        return self._vault.decrypt(kept)["answer"] if is_encrypted(kept) else kept

    def _values(self, aggregate) -> dict:
        return {name: plain(getattr(aggregate, name)) for name in self._personal}


def plain(value):
    """Give what a document can hold; `dataclasses.asdict` copies every leaf deeply as well, which nobody can change."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return {f.name: plain(getattr(value, f.name)) for f in fields(value)} if is_dataclass(value) else value


def _not_empty(values: dict) -> dict:
    return {name: value for name, value in values.items() if not is_empty(value)}
