"""A receiver of traces, as an operator's collector is one: OTLP over HTTP."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """One step of a trace, and who told it."""

    process: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]


class Collector:
    """Listens until `close`; `seen` is all that came."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.raw: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector._take(body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def trace_of(self, name: str) -> list[Seen]:
        """Give every step of the last trace that has a step of this name."""
        found = [one.trace for one in self.seen if one.name == name]
        return [one for one in self.seen if found and one.trace == found[-1]]

    def _take(self, body: bytes) -> None:
        self.raw.append(body)
        for group in ExportTraceServiceRequest.FromString(body).resource_spans:
            process = _plain(group.resource.attributes)["service.name"]
            for scope in group.scope_spans:
                for span in scope.spans:
                    ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
                    self.seen.append(Seen(process, span.name, *ids, _plain(span.attributes)))


def _plain(attributes) -> dict[str, str]:
    return {one.key: one.value.string_value or str(one.value.int_value) for one in attributes}
