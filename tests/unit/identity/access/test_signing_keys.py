"""A new signing key is known everywhere before it signs, and the old one verifies until its tokens have expired."""

import os
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import rsa

from services.identity.access.account import Account
from services.identity.access.sessions import model, rotate
from services.identity.access.sessions.model import ACCESS_LIFETIME
from services.identity.access.sessions.signing import EVER, KeyFile, read_keys
from services.identity.access.sessions.tokens import Tokens

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AHEAD = timedelta(minutes=5)
WANG = Account("w", "resident", "510183103204", (), 0, "h", False)


@pytest.fixture
def path(tmp_path):
    """A file as an installation begins: one key without a time."""
    path = tmp_path / "keys.pem"
    path.write_text(rotate.new_key(EVER).pem + "\n")
    return path


@pytest.fixture
def tokens(path):
    """A process that has read the file before everything that happens to it."""
    return Tokens(KeyFile(path), b"k" * 32, "http://test")


def published(tokens, now):
    return [key["kid"] for key in tokens.keys(now)]


def signs(tokens, now):
    session = model.start("s", WANG, now, "d")
    return jwt.get_unverified_header(tokens.give(session, WANG, now)["access_token"])["kid"]


def test_a_new_key_is_published_at_once_and_signs_later(tokens, path):
    old = signs(tokens, NOW)
    new = rotate.rotate(path, NOW, AHEAD).kid
    assert published(tokens, NOW) == [old, new]
    assert signs(tokens, NOW + AHEAD - timedelta(seconds=1)) == old
    assert signs(tokens, NOW + AHEAD) == new


def test_the_old_key_verifies_until_the_last_token_that_it_signed_has_expired(tokens, path):
    old = signs(tokens, NOW)
    new = rotate.rotate(path, NOW, AHEAD).kid
    assert published(tokens, NOW + AHEAD + ACCESS_LIFETIME) == [old, new]
    assert published(tokens, NOW + AHEAD + ACCESS_LIFETIME + timedelta(minutes=1)) == [new]


def test_the_next_rotation_takes_keys_out_of_the_file_that_nobody_needs(tokens, path):
    first = signs(tokens, NOW)
    second = rotate.rotate(path, NOW, AHEAD).kid
    third = rotate.rotate(path, NOW + AHEAD, AHEAD).kid
    assert [key.kid for key in read_keys(path.read_text())] == [first, second, third]
    fourth = rotate.rotate(path, NOW + timedelta(days=1), AHEAD).kid
    assert [key.kid for key in read_keys(path.read_text())] == [third, fourth]


def test_a_stolen_key_is_taken_out_at_once(tokens, path):
    stolen = signs(tokens, NOW)
    new = rotate.rotate(path, NOW, None).kid
    assert published(tokens, NOW) == [new] and signs(tokens, NOW) == new != stolen


@pytest.mark.parametrize("broken", ["", "-----BEGIN PRIVATE KEY-----\nabc", "gone"])
def test_a_file_that_cannot_be_read_changes_nothing(tokens, path, broken):
    before = signs(tokens, NOW)
    if broken == "gone":
        path.unlink()
    else:
        path.write_text(broken)
    assert signs(tokens, NOW) == before


def rsa_key() -> str:
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()


@pytest.mark.parametrize("what", ["nothing", "another kind", "half a key", "a time without offset"])
def test_a_process_does_not_start_with_keys_that_cannot_sign(path, what):
    good = path.read_text()
    path.write_text(
        {
            "nothing": "",
            "another kind": rsa_key(),
            "half a key": good + good[:60],
            "a time without offset": f"Signs-From: 2026-11-22T00:00:00\n{good}",
        }[what]
    )
    with pytest.raises(ValueError):
        KeyFile(path)


def test_the_command_rotates_and_only_the_owner_reads_the_file(path, monkeypatch, capsys):
    monkeypatch.setenv("SIGNING_KEY_FILE", str(path))
    assert rotate.main([]) == 0
    first, second = read_keys(path.read_text())
    assert second.kid in capsys.readouterr().out and first.signs_from == EVER
    assert os.stat(path).st_mode & 0o777 == 0o600
    path.write_text("")
    assert rotate.main([]) == 2
    path.unlink()
    assert rotate.main([]) == 1
