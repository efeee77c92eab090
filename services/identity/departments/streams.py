"""The departments' side of RabbitMQ: a virtual host of their own, one account and one stream for each.

An account may read its stream and nothing else; publishing, declaring, binding and deleting are refused by the broker. The
platform's own account feeds the streams with publisher confirms, in the order in which it is asked to.
"""

import threading
from urllib.parse import quote, urlsplit

import amqp
import requests

from services.chassis.errors import Unavailable
from services.chassis.events import Envelope, to_message
from services.chassis.secrets import derived_password
from services.chassis.settings import Settings

KEPT = {"x-queue-type": "stream", "x-max-age": "90D", "x-max-length-bytes": 5_000_000_000}
CONNECTIONS = 5
SECONDS = 10


class DepartmentStreams:
    """Makes accounts and streams and publishes to them; safe to share between workers."""

    def __init__(self, settings: Settings):
        self._vhost = settings.departments_vhost
        self._key = settings.identity_hash_key
        self._broker = urlsplit(settings.amqp_uri)
        self._api = urlsplit(settings.rabbitmq_management_uri)
        self._lock = threading.Lock()
        self._connection = None
        self._returned: list = []

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "DepartmentStreams":
        """Make it from the settings."""
        return cls(settings.required("identity_hash_key"))

    def credentials(self, department) -> dict:
        """Give the department's {vhost, user, password, stream}; the password is derived, so that none is stored."""
        name = department.stream
        password = derived_password(self._key, "department", department.id)
        return {"vhost": self._vhost, "user": name, "password": password, "stream": name}

    def provision(self, department) -> None:
        """Make the virtual host, the stream and the account that may only read it; safe to repeat."""
        given = self.credentials(department)
        vhost, user = quote(self._vhost, safe=""), quote(given["user"], safe="")
        ours = quote(self._broker.username or "guest", safe="")
        self._put(f"vhosts/{vhost}", {})
        self._put(f"permissions/{vhost}/{ours}", {"configure": ".*", "write": ".*", "read": ".*"})
        self._put(f"queues/{vhost}/{user}", {"durable": True, "arguments": KEPT})
        self._put(f"users/{user}", {"password": given["password"], "tags": ""})
        readable = f"^{given['stream'].replace('.', '[.]')}$"
        self._put(f"permissions/{vhost}/{user}", {"configure": "^$", "write": "^$", "read": readable})
        self._put(f"user-limits/{user}/max-connections", {"value": CONNECTIONS})

    def close(self, department) -> None:
        """Delete the account and its connections; the stream is kept until its retention ends."""
        user = quote(department.stream, safe="")
        self._ask("DELETE", f"users/{user}", None, (204, 404))
        self._ask("DELETE", f"connections/username/{user}", None, (204, 404))

    def publish(self, streams: list[str], event: Envelope) -> None:
        """Publish one event to these streams and wait for the confirms; raises Unavailable where one is not kept."""
        body, properties = to_message(event)
        message = amqp.Message(body, application_headers=properties.pop("headers"), **properties)
        with self._lock:
            try:
                channel = self._channel()
                for stream in streams:
                    channel.basic_publish_confirm(
                        message, routing_key=stream, mandatory=True, timeout=SECONDS
                    )
            except (OSError, amqp.AMQPError, AttributeError) as error:
                self._forget()
                raise Unavailable("department.stream_down", "部门事件流暂时不可用。") from error
            if self._returned:
                self._forget()
                raise Unavailable("department.stream_missing", "部门事件流不存在，正在等待重建。")

    def _channel(self):
        if self._connection is None or not self._connection.connected:
            self._forget()
            broker = self._broker
            self._connection = amqp.Connection(
                host=f"{broker.hostname}:{broker.port or 5672}",
                userid=broker.username or "guest",
                password=broker.password or "guest",
                virtual_host=self._vhost,
                confirm_publish=True,
                connect_timeout=SECONDS,
                ssl=broker.scheme == "amqps",
            )
            self._connection.connect()
            channel = self._connection.channel(1)
            channel.events["basic_return"].add(lambda *returned: self._returned.append(returned[2:4]))
        return self._connection.channels[1]

    def _forget(self) -> None:
        connection, self._connection, self._returned = self._connection, None, []
        if connection is not None:
            try:
                connection.collect()
            except (OSError, amqp.AMQPError, AttributeError):
                return  # it was dead already

    def _put(self, path: str, body: dict) -> None:
        self._ask("PUT", path, body, (200, 201, 204))

    def _ask(self, verb: str, path: str, body: dict | None, fine: tuple[int, ...]) -> None:
        api = self._api
        url = f"{api.scheme}://{api.hostname}:{api.port or 15672}/api/{path}"
        try:
            answer = requests.request(
                verb, url, json=body, auth=(api.username or "guest", api.password or "guest"), timeout=SECONDS
            )
        except requests.RequestException as error:
            raise Unavailable("department.broker_api_down", "消息系统管理接口暂时不可用。") from error
        if answer.status_code not in fine:
            raise Unavailable(
                "department.broker_api_refused",
                "消息系统管理接口拒绝了请求。",
                status=answer.status_code,
                path=path,
            )
