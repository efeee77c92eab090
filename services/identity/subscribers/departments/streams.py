"""The departments' side of RabbitMQ: a virtual host of their own, one account and one stream for each.

An account may read its stream and nothing else; publishing, declaring, binding and deleting are refused by the broker. What
feeds the streams is `feed/dispatcher.py`.
"""

import logging
from urllib.parse import quote, unquote, urlsplit

import requests
from pymongo.database import Database

from services.chassis.amqp import management
from services.chassis.core.errors import Unavailable
from services.chassis.core.secrets import derived_password
from services.civic.settings import CivicSettings
from services.identity.subscribers.departments.model import (
    Department,
)

log = logging.getLogger(__name__)

PROTOCOL = "amqp-0-9-1"
"""What the broker speaks with departments; neither AMQP 1.0 nor RabbitMQ's own stream protocol is offered to them."""

CONNECTIONS = 5


class DepartmentStreams:
    """Makes and closes accounts and streams; safe to share between workers."""

    def __init__(self, settings: CivicSettings):
        self._vhost = settings.departments_vhost
        self._kept = {
            "x-queue-type": "stream",
            "x-max-age": settings.stream_max_age,
            "x-max-length-bytes": settings.stream_max_bytes,
            "x-stream-max-segment-size-bytes": settings.stream_segment_bytes,
        }
        self._key = settings.identity_hash_key
        self._broker = urlsplit(settings.amqp_uri)
        self._reached_at = urlsplit(settings.departments_amqp_uri or settings.amqp_uri)
        self._api = settings.rabbitmq_management_uri

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "DepartmentStreams":
        """Make it from the settings."""
        return cls(settings.required("identity_hash_key"))

    def credentials(self, department: Department, reader: str = "") -> dict:
        """How a reader connects and reads; the password is derived, so that none is stored."""
        broker, rotated = self._reached_at, department.passwords.get(reader, 0)
        tls = broker.scheme == "amqps"
        secret = [*([reader] if reader else []), *([str(rotated)] if rotated else [])]
        return {
            "protocol": PROTOCOL,
            "host": broker.hostname or "127.0.0.1",
            "port": broker.port or (5671 if tls else 5672),
            "tls": tls,
            "vhost": self._vhost,
            "user": department.login_of(reader),
            "password": derived_password(self._key, "department", department.id, *secret),
            "stream": department.login,
        }

    def provision(self, department: Department) -> None:
        """Make the virtual host, the stream and the account that may only read it; safe to repeat."""
        vhost, stream = quote(self._vhost, safe=""), quote(department.login, safe="")
        ours = quote(unquote(self._broker.username or "guest"), safe="")
        self._put(f"vhosts/{vhost}", {})
        self._put(f"permissions/{vhost}/{ours}", {"configure": ".*", "write": ".*", "read": ".*"})
        self._put(f"queues/{vhost}/{stream}", {"durable": True, "arguments": self._kept})
        self.open_account(department)

    def drop(self, stream: str) -> bool:
        """Delete a stream with all that it holds, and tell whether there was one; its readers are told, and come back."""
        where = f"queues/{quote(self._vhost, safe='')}/{quote(stream, safe='')}"
        return self._ask("DELETE", where, None, (204, 404)) == 204

    def open_account(self, department: Department, reader: str = "") -> None:
        """Make the account of a reader, or give it the password that it has now; safe to repeat."""
        given = self.credentials(department, reader)
        vhost, user = quote(self._vhost, safe=""), quote(given["user"], safe="")
        self._put(f"users/{user}", {"password": given["password"], "tags": ""})
        readable = f"^{given['stream'].replace('.', '[.]')}$"
        self._put(f"permissions/{vhost}/{user}", {"configure": "^$", "write": "^$", "read": readable})
        self._put(f"user-limits/{user}/max-connections", {"value": CONNECTIONS})

    def close(self, department: Department) -> None:
        """Delete the accounts and their connections; the stream is kept until its retention ends.

        Who gets webhooks or pulls has no account, and nobody is asked.
        """
        if department.delivery != "stream":
            return
        for login in department.logins:
            self.close_account(login)

    def close_account(self, login: str) -> None:
        """Delete one account and its connections."""
        self._ask("DELETE", f"users/{quote(login, safe='')}", None, (204, 404))
        self.disconnect(login)

    def disconnect(self, login: str) -> None:
        """Close what an account has open: whoever has its password of now comes back."""
        self._ask("DELETE", f"connections/username/{quote(login, safe='')}", None, (204, 404))

    def _put(self, path: str, body: dict) -> None:
        self._ask("PUT", path, body, (200, 201, 204))

    def _ask(self, verb: str, path: str, body: dict | None, fine: tuple[int, ...]) -> int:
        try:
            answer = management.ask(self._api, verb, path, body)
        except requests.RequestException as error:
            raise Unavailable(
                "department.broker_api_down",
                "消息系统的管理接口暂时连不上，请过几分钟再试；一直不行请联系平台运维。",
            ) from error
        if answer.status_code not in fine:
            told = {"status": answer.status_code, "path": path}
            log.error("RabbitMQ's management API has refused", extra=told)
            raise Unavailable(
                "department.broker_api_refused",
                "消息系统的管理接口没有接受这次操作，请联系平台运维，并告知请求编号。",
            )
        return answer.status_code
