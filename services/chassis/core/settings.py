"""Settings: one frozen dataclass from the environment; a wrong value is refused at start with its variable's name.

Every field is one environment variable of the same name in capitals; its comment is its documentation.
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

KEY_BYTES = {"receipt_key": 32, "identity_hash_key": 32, "master_key": 96, "old_master_key": 96}
ABOVE_ZERO = (
    "certification_days",
    "appeal_days",
    "mandate_most_months",
    "mandate_most_wards",
    "duty_most_days",
    "max_workers",
    "rpc_timeout",
    "rpc_in_flight",
    "gateway_workers",
    "gateway_admitted",
    "relay_sweep",
    "relay_batch",
)
BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


class WrongSetting(Exception):
    """An environment variable has a value that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one place to another."""

    # RabbitMQ: amqp://user:password@host:port/vhost
    amqp_uri: str = "amqp://guest:guest@127.0.0.1:5672//"
    # MongoDB replica set: mongodb://host:port/?replicaSet=name
    mongodb_uri: str = "mongodb://127.0.0.1:27017/?replicaSet=rs0"
    # RabbitMQ's management API with credentials, for departments' accounts: http://user:password@host:15672
    rabbitmq_management_uri: str = "http://guest:guest@127.0.0.1:15672"
    # virtual host of the departments' streams
    departments_vhost: str = "departments"
    # how long and how much a department's stream keeps, and the size of the pieces that it drops at once, in bytes
    stream_max_age: str = "90D"
    stream_max_bytes: int = 5_000_000_000
    stream_segment_bytes: int = 100_000_000
    # each service has its own database: <prefix>_<service>
    database_prefix: str = "xiangzhi"
    # address of the platform as its users reach it, for links in events and documents
    public_url: str = "http://127.0.0.1:8080"
    # key of the hash under which a report's receipt is kept: 32 bytes, base64
    receipt_key: bytes = b""
    # key of the hash by which one person is recognised by the ID number: 32 bytes, base64
    identity_hash_key: bytes = b""
    # master key of the personal data at rest: 96 bytes, base64; who loses it loses that data
    master_key: bytes = b""
    # the master key before, while data keys are wrapped anew (see rotate_keys)
    old_master_key: bytes = b""
    # PEM file with the Ed25519 keys that sign access tokens (identity only)
    signing_key_file: str = ""
    # working days until a village's certification queue reaches the town, and days in which a rejection may be appealed
    certification_days: int = 5
    appeal_days: int = 60
    # roles that cannot be used without a second factor, with commas; none: it is everybody's own choice
    second_factor_roles: tuple[str, ...] = ("county_administrator", "data_officer", "discipline_officer")
    # payment provider: its address, and the secret of its signed callbacks
    payment_url: str = ""
    payment_secret: str = ""
    # SMS provider and the one that is asked where it fails: addresses, and the secrets of both directions; empty: no SMS
    sms_url: str = ""
    sms_secret: str = ""
    sms_fallback_url: str = ""
    sms_fallback_secret: str = ""
    # hours in which nobody is woken by an SMS about a matter, Chinese time; 00:00-00:00: none
    sms_quiet_hours: str = "21:00-08:00"
    # seconds in which all steps of one matter become one SMS
    sms_window: float = 600.0
    # household register of another office, asked for whom the imported one does not confirm: its address, and the secret
    # of both directions; empty: only the imported one
    register_url: str = ""
    register_secret: str = ""
    # days in which a resident may cancel the erasure of the own data
    erasure_cooling_days: int = 15
    # days in which a resident can fetch a copy of the own data, before it is removed
    export_kept_days: int = 7
    # 1 opens loopback, also without TLS, for webhooks: for local tests only
    webhook_allow_local: bool = False
    # months that a mandate lasts at most, and wards that one helper may have at a time
    mandate_most_months: int = 12
    mandate_most_wards: int = 5
    # days in a row that one official may be on duty in an office's rota
    duty_most_days: int = 7
    # greenlets of one service process that work at once
    max_workers: int = 32
    # seconds a caller waits for another service's answer
    rpc_timeout: float = 10.0
    # calls that one gateway process keeps in flight at most; past it: 503 with Retry-After
    rpc_in_flight: int = 256
    # seconds that the gateway keeps a public answer at most, whatever is heard; 0 keeps none
    cache_max_age: float = 30.0
    # bytes of public answers that one gateway process keeps at most
    cache_max_bytes: int = 16_000_000
    # processes of the gateway
    gateway_workers: int = os.cpu_count() or 1
    # requests that they work on at once, together; more may wait shortly, the rest: 503 with Retry-After
    gateway_admitted: int = 8 * (os.cpu_count() or 1)
    # seconds between the relay's sweeps for what no wake-up told
    relay_sweep: float = 3.0
    # events that the relay publishes before it waits for their confirms
    relay_batch: int = 1000
    # seconds before the 1st, 2nd, 3rd, 4th retry of a failed event; then it goes to the dead letters
    retry_delays: tuple[float, ...] = (1.0, 10.0, 60.0, 600.0)
    # reverse proxies of yours in front of the gateway; each adds the address that it saw to X-Forwarded-For
    trusted_proxies: int = 0
    # DEBUG, INFO, WARNING or ERROR
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environ=None) -> "Settings":
        """Read the settings; raises WrongSetting with the variable's name and what it takes."""
        environ = os.environ if environ is None else environ
        given = {f.name: environ[f.name.upper()] for f in fields(cls) if environ.get(f.name.upper())}
        settings = cls(**{name: _read(cls, name, text) for name, text in given.items()})
        _check(settings)
        return settings

    def required(self, *names: str) -> "Settings":
        """Refuse to start without these settings; gives the settings back."""
        for name in names:
            if not getattr(self, name):
                raise WrongSetting(f"{name.upper()} is not set, and this process cannot work without it.")
        return self

    def signing_key(self) -> bytes:
        """Read the signing key's PEM file."""
        try:
            return Path(self.signing_key_file).read_bytes()
        except OSError as error:
            raise WrongSetting(f"SIGNING_KEY_FILE cannot be read: {error.strerror or error}.") from None


def _read(cls, name: str, text: str):
    kind = cls.__dataclass_fields__[name].type
    try:
        if kind in (int, float):
            return kind(text)
        if kind is bool:
            return BOOLEANS[text.lower()]
        if kind is bytes:
            return base64.b64decode(text, validate=True)
        if name == "second_factor_roles":
            return () if text.strip() == "none" else tuple(role.strip() for role in text.split(","))
        if name == "retry_delays":
            return tuple(float(part) for part in text.split(","))
    except (ValueError, KeyError, binascii.Error):
        raise WrongSetting(f"{name.upper()} must be {_takes(kind)}.") from None
    return text


def _takes(kind) -> str:
    return {int: "a whole number", float: "a number of seconds", bytes: "base64", bool: "1 or 0"}.get(
        kind, "numbers with commas"
    )


def _check(settings: Settings) -> None:
    """Refuse values that have the right type and still make no sense."""
    schemes = {
        "amqp_uri": ("amqp", "amqps"),
        "mongodb_uri": ("mongodb", "mongodb+srv"),
        "rabbitmq_management_uri": ("http", "https"),
        "public_url": ("http", "https"),
        "payment_url": ("http", "https", ""),
        "sms_url": ("http", "https", ""),
        "sms_fallback_url": ("http", "https", ""),
        "register_url": ("http", "https", ""),
    }
    for name, allowed in schemes.items():
        if urlsplit(getattr(settings, name)).scheme not in allowed:
            raise WrongSetting(f"{name.upper()} must start with {allowed[0]}://.")
    for name, size in KEY_BYTES.items():
        if len(getattr(settings, name)) not in (0, size):
            raise WrongSetting(f"{name.upper()} must be {size} bytes in base64.")
    for name in ABOVE_ZERO:
        if not 0 < getattr(settings, name) < float("inf"):
            raise WrongSetting(f"{name.upper()} must be above zero.")
    if not 0 <= settings.erasure_cooling_days <= 30:
        raise WrongSetting("ERASURE_COOLING_DAYS must be 0 to 30.")
    if not 1 <= settings.export_kept_days <= 30:
        raise WrongSetting("EXPORT_KEPT_DAYS must be 1 to 30.")
    if not 0 <= settings.cache_max_age < float("inf") or settings.cache_max_bytes < 0:
        raise WrongSetting("CACHE_MAX_AGE and CACHE_MAX_BYTES must be 0 or more.")
    if settings.trusted_proxies < 0:
        raise WrongSetting("TRUSTED_PROXIES must be zero or more.")
    if not settings.retry_delays or min(settings.retry_delays) <= 0:
        raise WrongSetting("RETRY_DELAYS must be one or more seconds above zero, with commas.")
    _check_secrets(settings)
    _check_sms(settings)
    if settings.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise WrongSetting("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")


def _check_secrets(settings: Settings) -> None:
    """Without a secret anybody could sign what a provider says."""
    for place in ("sms", "sms_fallback", "register"):
        if getattr(settings, f"{place}_url") and not getattr(settings, f"{place}_secret"):
            name = place.upper()
            raise WrongSetting(f"{name}_SECRET must be set where {name}_URL is.")


def _check_sms(settings: Settings) -> None:
    """Without a first provider there is none to fall back from."""
    if settings.sms_fallback_url and not settings.sms_url:
        raise WrongSetting("SMS_URL must be set where SMS_FALLBACK_URL is.")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", settings.sms_quiet_hours):
        raise WrongSetting("SMS_QUIET_HOURS must be two times like 21:00-08:00.")
    if not 0 <= settings.sms_window < float("inf"):
        raise WrongSetting("SMS_WINDOW must be 0 or more.")
