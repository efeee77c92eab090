"""A vault without a database: what names a key, and what is no sealed value."""

from dataclasses import replace

import pytest
from bson.binary import Binary

from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.storage.field_encryption import is_encrypted, key_of, master_name

SETTINGS = Settings(master_key=b"m" * 96)


def test_a_master_key_is_named_by_a_fingerprint_that_does_not_show_it():
    name = master_name(SETTINGS)
    assert name == master_name(Settings(master_key=b"m" * 96, old_master_key=b"o" * 96))
    assert name != master_name(replace(SETTINGS, master_key=b"n" * 96))
    assert "mmm" not in name and len(name) == len("local:") + 16


def test_without_a_master_key_nothing_is_named():
    with pytest.raises(WrongSetting, match="MASTER_KEY"):
        master_name(Settings())


def test_a_sealed_value_names_its_data_key_and_nothing_else_counts_as_sealed():
    sealed = Binary(b"\x02" + b"k" * 16 + b"\x03" + b"text", 6)
    assert is_encrypted(sealed) and key_of(sealed) == b"k" * 16
    assert not any(map(is_encrypted, (None, "text", {"name": "x"}, b"bytes", Binary(b"x", 4))))
