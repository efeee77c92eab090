"""Settings: one frozen dataclass from the environment; a wrong value is refused at start with its variable's name.

Every field is one environment variable of the same name in capitals; its comment is its documentation. Each can also be given as
a file that `<NAME>_FILE` names, as secrets are mounted; an empty file means that it is not set. These are the
settings that any service on the chassis has; an application adds its own in a subclass, which its service classes name.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


class WrongSetting(Exception):
    """An environment variable has a value that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one place to another, whatever the services are about."""

    # RabbitMQ: amqp://user:password@host:port/vhost; by TLS amqps://, of a private authority with ?cacertfile=<its certificates>
    amqp_uri: str = "amqp://guest:guest@127.0.0.1:5672//"
    # MongoDB replica set: mongodb://host:port/?replicaSet=name; by TLS with &tls=true, of a private authority with &tlsCAFile=<its certificates>
    mongodb_uri: str = "mongodb://127.0.0.1:27017/?replicaSet=rs0"
    # RabbitMQ's management API with credentials, for departments' accounts: http://user:password@host:15672; by TLS https://
    # and 15671, of a private authority with ?cacertfile=<its certificates>
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
    # key of the hash by which one person is recognised by the ID number: 32 bytes, base64
    identity_hash_key: bytes = b""
    # master key of the personal data at rest: 96 bytes, base64; who loses it loses that data
    master_key: bytes = b""
    # the master key before, while data keys are wrapped anew (see rotate_keys)
    old_master_key: bytes = b""
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
    # connections that one address (of IPv6 one network of 64 bits) may have open at one process of the gateway, of the 1,000 that it
    # has; 0: as many as it has. Behind TRUSTED_PROXIES all come from the proxy, which has to bound them
    gateway_connections_per_address: int = 200
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
    # port on which each process tells whether it lives and is ready, and its figures: /livez, /readyz, /metrics; 0: none. In a cluster
    # each pod has its own
    probe_port: int = 0
    # address that the gateway and the probes are bound to
    host: str = "127.0.0.1"
    # seconds in which a process that is asked to end finishes or hands back what it has in hand
    shutdown_seconds: float = 25.0
    # public keys of age (age1…) that backups are encrypted to, with commas; who backs up holds no key that opens them
    backup_recipients: tuple[str, ...] = ()
    # DEBUG, INFO, WARNING or ERROR
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings; raises WrongSetting with the variable's name and what it takes."""
        environ = os.environ if environ is None else environ
        given = {f.name: text for f in fields(cls) if (text := _given(f.name.upper(), environ))}
        settings = cls(**{name: _read(cls, name, text) for name, text in given.items()})
        settings.check()
        return settings

    def required(self, *names: str) -> Self:
        """Refuse to start without these settings; gives the settings back."""
        for name in names:
            if not getattr(self, name):
                raise WrongSetting(f"{name.upper()} is not set, and this process cannot work without it.")
        return self

    def check(self) -> None:
        """Raise WrongSetting for values that have the right type and still make no sense; a subclass adds its own."""
        self._begin_with(("amqp", "amqps"), "amqp_uri")
        self._begin_with(("mongodb", "mongodb+srv"), "mongodb_uri")
        self._begin_with(("http", "https"), "rabbitmq_management_uri", "public_url")
        self._name_a_readable("cacertfile", "amqp_uri", "rabbitmq_management_uri")
        self._name_a_readable("tlsCAFile", "mongodb_uri")
        self._have_bytes(32, "identity_hash_key")
        self._have_bytes(96, "master_key", "old_master_key")
        self._are_above_zero(
            "max_workers",
            "rpc_timeout",
            "rpc_in_flight",
            "gateway_workers",
            "gateway_admitted",
            "relay_sweep",
            "relay_batch",
            "shutdown_seconds",
        )
        if not 0 <= self.probe_port < 65536:
            raise WrongSetting("PROBE_PORT must be a port, or 0 for none.")
        if not 0 <= self.cache_max_age < float("inf") or self.cache_max_bytes < 0:
            raise WrongSetting("CACHE_MAX_AGE and CACHE_MAX_BYTES must be 0 or more.")
        if self.trusted_proxies < 0 or self.gateway_connections_per_address < 0:
            raise WrongSetting("TRUSTED_PROXIES and GATEWAY_CONNECTIONS_PER_ADDRESS must be zero or more.")
        if not self.retry_delays or min(self.retry_delays) <= 0:
            raise WrongSetting("RETRY_DELAYS must be one or more seconds above zero, with commas.")
        if self.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise WrongSetting("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")

    def _begin_with(self, schemes: tuple[str, ...], *names: str) -> None:
        for name in names:
            if urlsplit(getattr(self, name)).scheme not in schemes:
                raise WrongSetting(f"{name.upper()} must start with {schemes[0]}://.")

    def _name_a_readable(self, parameter: str, *names: str) -> None:
        """Refuse an address whose authority's certificates are not there: every connection would fail, and none say why."""
        for name in names:
            for path in parse_qs(urlsplit(getattr(self, name)).query).get(parameter, ()):
                if not (Path(path).is_file() and os.access(path, os.R_OK)):
                    raise WrongSetting(f"{name.upper()}: the file of {parameter} cannot be read.")

    def _have_bytes(self, size: int, *names: str) -> None:
        for name in names:
            if len(getattr(self, name)) not in (0, size):
                raise WrongSetting(f"{name.upper()} must be {size} bytes in base64.")

    def _are_above_zero(self, *names: str) -> None:
        for name in names:
            if not 0 < getattr(self, name) < float("inf"):
                raise WrongSetting(f"{name.upper()} must be above zero.")


def _given(name: str, environ: Mapping[str, str]) -> str:
    """What a variable holds, or the file that is named for it; raises WrongSetting for one that cannot be read, and for both."""
    text, path = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if not path:
        return text
    if text:
        raise WrongSetting(f"{name} and {name}_FILE are both set: give one of them.")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(
            f"{name}_FILE cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from None


def _read(cls: type[Settings], name: str, text: str):
    kind: Any = cls.__dataclass_fields__[name].type
    try:
        if kind in (int, float):
            return kind(text)
        if kind is bool:
            return BOOLEANS[text.lower()]
        if kind is bytes:
            return base64.b64decode(text, validate=True)
        if kind == tuple[str, ...]:
            return () if text.strip() == "none" else tuple(word.strip() for word in text.split(","))
        if kind == tuple[float, ...]:
            return tuple(float(part) for part in text.split(","))
    except (ValueError, KeyError, binascii.Error):
        raise WrongSetting(f"{name.upper()} must be {_takes(kind)}.") from None
    return text


def _takes(kind) -> str:
    return {int: "a whole number", float: "a number of seconds", bytes: "base64", bool: "1 or 0"}.get(
        kind, "numbers with commas"
    )
