"""The database's part of a trace: each command by its name and collection, without what it asks by or writes."""

from pymongo import monitoring

from services.chassis.core import tracing
from services.chassis.core.context import trace_to_continue


class TracedCommands(monitoring.CommandListener):
    """Makes a step of each command that is a part of some work; what sweeps and timers ask is none."""

    def __init__(self) -> None:
        self._under_way: dict[int, tracing.TraceStep] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Begin it; the driver calls this where the work is done."""
        parent = trace_to_continue()
        if not parent:
            return
        told = {"db__system__name": "mongodb", "db__namespace": event.database_name}
        told["db__operation__name"] = name = event.command_name
        collection = event.command.get("collection" if name == "getMore" else name)
        if isinstance(collection, str):
            told["db__collection__name"], name = collection, f"{name} {collection}"
        begun = tracing.begin(name, "client", parent, **told)
        if begun:
            self._under_way[event.request_id] = begun

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """End it."""
        begun = self._under_way.pop(event.request_id, None)
        if begun:
            begun.end()

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """End it as failed, by the code: the server's sentence quotes values."""
        begun = self._under_way.pop(event.request_id, None)
        if begun:
            begun.fail(str(event.failure.get("codeName", "failed")))
            begun.end()


def listeners() -> list[monitoring.CommandListener]:
    """Give what a client of the database is to be listened to with: nothing where no traces are made."""
    return [TracedCommands()] if tracing.is_on() else []
