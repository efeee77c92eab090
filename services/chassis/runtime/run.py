"""Run one service: `python -m services.chassis.runtime.run <service>`.

Takes the class `Service` of `services.<service>.service`, gives it the endpoint `health`, and hosts it until
SIGTERM or SIGINT (drains, exit 0) or until it dies (exit 1). A wrong setting or an unknown service is one
sentence and exit 2.
"""

if __name__ == "__main__":
    import warnings

    # eventlet says of itself that it is in maintenance: known, see the decisions
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

    import eventlet

    eventlet.monkey_patch()

import logging
import os
import signal
import socket
import sys

import nameko
from nameko.containers import ServiceContainer
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR, register_entrypoint
from pymongo.errors import ConnectionFailure

from services.chassis.amqp.transport import HEARTBEAT
from services.chassis.core import garbage, logs, probes, tracing
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.listeners.consumer import QueueConsumer
from services.chassis.rpc.health import HealthEndpoint
from services.chassis.rpc.operation import operations_of
from services.chassis.rpc.server import RpcEntrypoint, RpcServer
from services.chassis.runtime.discovery import find_service, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.runtime.sampling import Sampling
from services.chassis.storage.database import connect
from services.chassis.storage.key_rotation import personal_stores

log = logging.getLogger("services.chassis.runtime.run")


def make_container(service: type[Hosted], settings: Settings) -> ServiceContainer:
    """Make the container of a service class: its endpoints, `health` and its listeners.

    Extensions find the settings as `container.settings`.
    """
    nameko.config.update(
        {"AMQP_URI": settings.amqp_uri, "max_workers": settings.max_workers, "heartbeat": HEARTBEAT}
    )
    hosted = type(service.__name__, (service, HealthEndpoint), {"__module__": service.__module__})
    for name in operations_of(hosted):
        method = getattr(hosted, name)
        marks = getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ())
        if not any(isinstance(mark, RpcEntrypoint) for mark in marks):
            register_entrypoint(method, RpcEntrypoint())
    container = ServiceContainer(hosted)
    container.settings = settings
    return container


def serve(service: type[Hosted], settings: Settings) -> int:
    """Host a service until a signal or its death; gives the exit code. The process must be monkey-patched."""
    import eventlet

    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    # a signal only writes a byte: the event loop sleeps in poll and would not see a flag
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: None)
    signal.set_wakeup_fd(theirs.fileno())
    container = make_container(service, settings)
    probes.serve(settings, alive=lambda: True, ready=lambda: consumes(container))
    if settings.probe_port:
        sampling = Sampling(container, settings, connect(settings, service.name, f"{service.name} measures"))
        eventlet.spawn(sampling.work)
    eventlet.spawn(_host, container, theirs)
    if ours.recv(1) == b"\0":
        return 1
    with eventlet.Timeout(settings.shutdown_seconds, False):
        container.stop()
        log.info("stopped", extra={"service": service.name})
        return 0
    # what it had in hand was not acknowledged: the broker gives it to another one
    log.error("did not end in time", extra={"service": service.name})
    os._exit(1)


def log_what_greenlets_die_of() -> None:
    """Let the event loop say it as everything else is said; its own way is a plain trace with all its words on standard error."""
    from eventlet import hubs

    hub = hubs.get_hub()
    hub.squelch_generic_exception = lambda died: log.error("a greenlet died", exc_info=died)
    hub.squelch_timer_exception = lambda _timer, died: log.error("a greenlet died", exc_info=died)


def consumes(container: ServiceContainer) -> bool:
    """Tell whether requests and events reach the service now: all its consumers have their queues."""
    consumers = [
        one for one in container.shared_extensions.values() if isinstance(one, RpcServer | QueueConsumer)
    ]
    return bool(consumers) and all(one.consumes for one in consumers)


def prove_master_key(service: type[Hosted], settings: Settings) -> None:
    """Raise WrongSetting where the personal data of a service could not be read with these settings.

    A database that is away is no reason not to start: the first use of the key finds out.
    """
    database = connect(settings, service.name)
    try:
        if personal_stores(service, database):
            database.vault.prove()
    except ConnectionFailure:
        log.warning("the master key is not proved: the database is away", extra={"service": service.name})
    finally:
        database.client.close()


def _host(container: ServiceContainer, ended: socket.socket) -> None:
    """Start the container and write a zero byte if it dies; signals write their numbers."""
    try:
        container.start()
        garbage.settle()
        log.info("started", extra={"service": container.service_name})
        container.wait()
    except Exception:
        log.exception("the service died", extra={"service": container.service_name})
        ended.send(b"\0")


def main(arguments: list[str]) -> int:
    """Run the service that is named on the command line; gives the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m services.chassis.runtime.run <service>", file=sys.stderr)
        return 2
    logs.set_up(arguments[0])
    log_what_greenlets_die_of()
    try:
        service = find_service(arguments[0])
        settings = settings_of(service)
        logs.set_up(service.name, settings.log_level)
        tracing.set_up(service.name)
        prove_master_key(service, settings)
    except WrongSetting as wrong:
        return logs.refuse_to_start(wrong)
    return serve(service, settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
