"""Personal data at rest: a document holds it in one encrypted sub-document, which no database can read.

A data key of the service's own (collection `key_vault` of its database, wrapped by the master key) encrypts with
AEAD_AES_256_CBC_HMAC_SHA_512-Random, explicitly (pymongo's ClientEncryption). The master key is in no database; data keys
carry its name, a fingerprint, so that a wrong one is refused before it changes anything.
"""

import hashlib
import threading
import time
from contextvars import Context

from bson.binary import Binary
from bson.codec_options import CodecOptions
from pymongo.database import Database
from pymongo.encryption import Algorithm, ClientEncryption
from pymongo.errors import ConnectionFailure, DuplicateKeyError, EncryptionError
from pymongo.read_concern import ReadConcern

from services.chassis.core.cleaning import is_number
from services.chassis.core.secrets import keyed_hash
from services.chassis.core.settings import Settings, WrongSetting

KEY_VAULT = "key_vault"
RANDOM = Algorithm.AEAD_AES_256_CBC_HMAC_SHA_512_Random
REFRESH = 30.0
"""Seconds after which a process asks again which data key is the newest: so long others encrypt with the one before."""

UNFINISHED = "unfinished"
PAUSE = 0.02
"""Seconds between two looks for the first data key, which another process has just made."""

HAS_NAMES = {"keyAltNames": {"$exists": True}}


class Vault:
    """Encrypts and decrypts what one service holds of persons; opened when first needed, safe to share between workers.

    A data key's names are its number and, while documents are moved to it, UNFINISHED (see key_rotation.py); no two data keys
    share a name.
    """

    def __init__(self, database: Database, settings: Settings, refresh: float = REFRESH):
        # pymongo reads keys so: a key that is there for us must be there for it
        self.keys = database[KEY_VAULT].with_options(read_concern=ReadConcern("majority"))
        self.refresh = refresh
        self._settings = settings
        self._opening, self._asking = threading.Lock(), threading.Lock()
        self._opened: ClientEncryption | None = None
        self._newest: Binary | None = None
        self._asked_at = 0.0

    def encrypt(self, values: dict) -> Binary:
        """Give the values (BSON types) as one encrypted value under the newest data key."""
        return _outside_transactions(self._client().encrypt, values, RANDOM, key_id=self.newest())

    def decrypt(self, encrypted: Binary) -> dict:
        """Give back what was encrypted; times are UTC."""
        return _outside_transactions(self._client().decrypt, encrypted)

    def hashed(self, purpose: str, value: str) -> str:
        """Give the keyed hash under which an encrypted value is looked up; another purpose gives another hash."""
        settings = self._settings.required("identity_hash_key")
        return keyed_hash(settings.identity_hash_key, purpose, value)

    def newest(self) -> Binary:
        """Give the id of the data key that encrypts now; makes the first one."""
        with self._asking:
            if self._newest is None or time.monotonic() - self._asked_at >= self.refresh:
                self._client()
                self._newest = _outside_transactions(self._find_or_make)
                self._asked_at = time.monotonic()
            return self._newest

    def make_key(self, *names: str) -> None:
        """Make the next data key, which encrypts from now on; who loses a race takes the winner's."""
        number = max(map(_number, self.keys.find()), default=0) + 1
        try:
            self._client().create_data_key(master_name(self._settings), key_alt_names=[str(number), *names])
        except EncryptionError as error:
            if not isinstance(error.cause, DuplicateKeyError):
                raise
        self._newest = None

    def rewrap(self) -> int:
        """Wrap with MASTER_KEY what OLD_MASTER_KEY still wraps; gives how many data keys. Each changes at once."""
        name = master_name(self._settings)
        others = {"masterKey.provider": {"$ne": name}}
        done = self._client().rewrap_many_data_key(others, provider=name).bulk_write_result
        return done.modified_count if done else 0

    def unfinished(self) -> bool:
        """Tell whether documents are still to be moved to the newest data key."""
        return self.keys.find_one({"keyAltNames": UNFINISHED}) is not None

    def finish(self) -> None:
        """Say that every document has been moved to the newest data key."""
        self._client().remove_key_alt_name(self.newest(), UNFINISHED)

    def prove(self) -> None:
        """Raise WrongSetting where the master key is missing or is not the one that wraps the data keys."""
        self.decrypt(self.encrypt({}))

    def _client(self) -> ClientEncryption:
        with self._opening:
            if self._opened is None:
                self._opened = _outside_transactions(self._open_up)
        return self._opened

    def _open_up(self) -> ClientEncryption:
        masters = _masters(self._settings)
        foreign = self.keys.find_one({"masterKey.provider": {"$nin": list(masters)}})
        if foreign:
            raise WrongSetting(
                f"MASTER_KEY is not the key with which the data of {self.keys.database.name} is encrypted: give the right "
                "one, or that one as OLD_MASTER_KEY until services.chassis.runtime.rotate_keys has run."
            )
        self.keys.create_index("keyAltNames", unique=True, partialFilterExpression=HAS_NAMES)
        return ClientEncryption(
            masters, self.keys.full_name, self.keys.database.client, CodecOptions(tz_aware=True)
        )

    def _find_or_make(self) -> Binary:
        while not (found := list(self.keys.find())):
            self.make_key()
            # where another process made it, it may take a moment until the majority has it
            time.sleep(PAUSE)
        return Binary(max(found, key=_number)["_id"], 4)


def key_of(encrypted: Binary) -> bytes:
    """Give the 16 bytes that name the data key of an encrypted value (Client-Side Encryption specification, subtype 6)."""
    return bytes(encrypted[1:17])


def is_encrypted(value) -> bool:
    """Tell whether a stored value is one that a vault encrypted."""
    return isinstance(value, Binary) and value.subtype == 6


def master_name(settings: Settings) -> str:
    """Give the name of the master key as data keys carry it: a fingerprint, of which nothing can be computed."""
    return _name(settings.required("master_key").master_key)


def master_names(settings: Settings) -> set[str]:
    """Give the names of the master keys that these settings hold, the one before too."""
    return set(_masters(settings))


def _masters(settings: Settings) -> dict[str, dict]:
    keys = filter(None, (settings.required("master_key").master_key, settings.old_master_key))
    return {_name(key): {"key": key} for key in keys}


def _name(key: bytes) -> str:
    return f"local:{hashlib.sha256(b'master key' + key).hexdigest()[:16]}"


def _number(key: dict) -> int:
    return max((int(name) for name in key["keyAltNames"] if is_number(name)), default=0)


def _outside_transactions(work, *args, **named):
    # pymongo keeps a listener's transaction in the context: reading keys must not become a part of it
    try:
        return Context().run(work, *args, **named)
    except EncryptionError as error:
        if isinstance(error.cause, ConnectionFailure):
            raise error.cause from None
        raise
