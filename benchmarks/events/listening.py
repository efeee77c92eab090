"""The listener's side: one process that works off a full queue."""

from benchmarks.events.cost import Cost
from benchmarks.events.host import KINDS
from benchmarks.events.place import Place, read_until
from benchmarks.events.samples import events, outgoing
from services.chassis.amqp.publishing import ConfirmingChannel
from services.chassis.runtime.declare import declare_all

HOST = ("-m", "benchmarks.events.host")


def handled(place: Place, cost: Cost, kind: str, count: int) -> float:
    """Give events per second that one listener process of this kind handles, half of them second ones."""
    database = place.database("ear")
    database.client.drop_database(database.name)
    database.client.close()
    declare_all(place.settings, [KINDS[kind]])
    with place.connection() as connection:
        channel = ConfirmingChannel(connection)
        messages = [outgoing(event) for event in events(count, count // 2)]
        for start in range(0, count, 500):
            channel.publish(messages[start : start + 500])
    with place.process(*HOST, kind, BENCH_EXPECTED=str(count)) as listener:
        read_until(listener, "first event")
        cost.begin(listener.pid)
        seconds = float(read_until(listener, "handled ").split()[1])
        cost.note(count)
    place.delete_queue(f"ear.{kind}.v1")
    return count / seconds
