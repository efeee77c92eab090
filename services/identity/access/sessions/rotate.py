"""Put a new signing key into SIGNING_KEY_FILE: `python -m services.identity.access.sessions.rotate [--in MINUTES] [--now]`.

The new key is published at once and signs from --in minutes on (5), when every process and gateway has read it; the old one
verifies until its tokens have expired, and the next rotation takes it out of the file. For a key that may be stolen: --now
takes all other keys out and signs at once; everybody's access token is refused then, and is renewed with the refresh token.
"""

import argparse
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.core.calls import utc_now
from services.chassis.core.settings import WrongSetting
from services.civic.settings import CivicSettings
from services.identity.access.sessions.signing import EVER, SigningKey, needed, read_keys


def new_key(signs_from: datetime) -> SigningKey:
    """Make a key."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return SigningKey(pem.decode().strip(), private, signs_from)


def rotate(path: Path, now: datetime, after: timedelta | None) -> SigningKey:
    """Add a key that signs `after` this long, or replace all keys where it is None; gives the new key."""
    key = new_key(now + (after or timedelta()))
    kept = [] if after is None else needed(read_keys(path.read_text()), now)
    _write(path, "".join(_block(one) for one in [*kept, key]))
    return key


def _block(key: SigningKey) -> str:
    since = "" if key.signs_from == EVER else f"Signs-From: {key.signs_from.isoformat()}\n"
    return f"{since}{key.pem}\n"


def _write(path: Path, text: str) -> None:
    """Replace the file at once and readable by its owner only: nobody ever reads half a key."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def main(arguments: list[str]) -> int:
    """Rotate and print the new key's name; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m services.identity.access.sessions.rotate", description=__doc__
    )
    parser.add_argument("--in", dest="minutes", type=int, default=5, help="minutes until it signs")
    parser.add_argument("--now", action="store_true", help="at once, and no other key verifies any more")
    options = parser.parse_args(arguments)
    try:
        settings = CivicSettings.from_environment().required("signing_key_file")
        after = None if options.now else timedelta(minutes=max(1, options.minutes))
        key = rotate(Path(settings.signing_key_file), utc_now(), after)
    except (WrongSetting, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"SIGNING_KEY_FILE cannot be replaced: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"key {key.kid} signs from {key.signs_from.isoformat()} on")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
