"""The dead letters: `python -m services.chassis.operations.dead_letters`, then one of

    list                              one line for each
    show ID                           everything but the data
    redrive ID | --queue Q | --all    back to the queue that gave it up, with all its attempts
    drop ID --why TEXT                forget it for good

An ID is an event's id, or `<event id>@<queue>` where several queues gave it up. Messages are given back in
order; one leaves only after its copy is confirmed elsewhere, or when it is dropped with a reason. A redriven
event comes after the later events of its aggregate: those flowed without it.
"""

import argparse
import logging
import sys

from amqp.exceptions import AMQPError, NotFound
from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.core import logs
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.events.delivery import Delivery
from services.chassis.listeners.retries import HeldBack
from services.chassis.operations.dead_letter_queue import DeadLetterQueue, name_of, origin, reason
from services.chassis.storage.database import connect

log = logging.getLogger("services.chassis.operations.dead_letters")


def line_of(letter: Delivery) -> str:
    """Give the message as one line: ID, type, queue, error, attempts, time."""
    when = letter.headers.get("x-failed-at", "")
    columns = (name_of(letter), letter.type or "-", reason(letter), f"attempts={letter.attempt}", when)
    return "  ".join(str(column) for column in columns)


def show(letter: Delivery) -> str:
    """Give everything about a message except its data, which may be personal."""
    shown = {k: v for k, v in sorted(letter.headers.items()) if k not in ("x-trace", "x-death")}
    trace = str(letter.headers.get("x-trace", "")).split("\n")
    lines = [line_of(letter), *(f"  {k}: {v}" for k, v in shown.items()), f"  body: {len(letter.body)} bytes"]
    return "\n".join([*lines, "  trace:", *(f"    {frame}" for frame in trace)])


def choose(letters: list[Delivery], options: argparse.Namespace) -> list[Delivery]:
    """Give the messages that the command is about."""
    if getattr(options, "all", False):
        return letters
    if getattr(options, "queue", None):
        return [letter for letter in letters if origin(letter) == options.queue]
    return [letter for letter in letters if options.id in (letter.id, name_of(letter))]


def redrive(dead: DeadLetterQueue, chosen: list[Delivery]) -> int:
    """Send the chosen letters back; gives 1 where a queue is gone."""
    sent, refusals = dead.redrive(chosen)
    for refusal in refusals:
        print(f"stays here: {refusal}")
    print(f"{sent} redriven")
    return 1 if refusals else 0


def drop(dead: DeadLetterQueue, chosen: list[Delivery], why: str, settings: Settings) -> int:
    """Forget one letter and log why; what still waits behind it may go on."""
    if len(chosen) > 1:
        print("Several queues gave it up, name one of: " + ", ".join(name_of(letter) for letter in chosen))
        return 1
    letter = chosen[0]
    if letter.event:
        _let_go(letter, letter.event.sequence, settings)
    dead.drop(letter)
    seen = {"event": letter.id, "type": letter.type, "queue": origin(letter), "failure": reason(letter)}
    log.warning("dropped a dead letter", extra={**seen, "why": why})
    print(f"dropped {name_of(letter)}")
    return 0


def _let_go(letter: Delivery, sequence: int, settings: Settings) -> None:
    """A letter that the broker gave up, not the listener, may still hold its aggregate."""
    database = connect(settings, origin(letter).partition(".")[0])
    try:
        held = HeldBack(database, origin(letter))
        held.release(letter.aggregate, sequence, settings.retry_delays[0])
    finally:
        database.client.close()


def run(options: argparse.Namespace, settings: Settings, dead: DeadLetterQueue) -> int:
    """Do what the operator asked; gives the exit code."""
    letters = dead.all()
    if options.what == "list":
        print(*(line_of(letter) for letter in letters), f"{len(letters)} dead letters", sep="\n")
        return 0
    chosen = choose(letters, options)
    if not chosen:
        print("No such dead letter: `list` shows those there are.")
        return 1
    if options.what == "redrive":
        return redrive(dead, chosen)
    if options.what == "drop":
        return drop(dead, chosen, options.why, settings)
    print(*(show(letter) for letter in chosen), sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.chassis.operations.dead_letters")
    commands = parser.add_subparsers(dest="what", required=True)
    commands.add_parser("list", help="one line for each dead letter")
    commands.add_parser("show", help="everything but the data").add_argument("id")
    redrive = commands.add_parser("redrive", help="send back to the queue that gave it up")
    which = redrive.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?")
    which.add_argument("--queue", help="all of this queue")
    which.add_argument("--all", action="store_true")
    drop = commands.add_parser("drop", help="forget one for good")
    drop.add_argument("id")
    drop.add_argument("--why", required=True, help="the reason, for the log")
    return parser


def main(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code."""
    options = _parser().parse_args(arguments or ["list"])
    try:
        settings = Settings.from_environment()
    except WrongSetting as wrong:
        return _stop(str(wrong), 2)
    logs.set_up("dead-letters", settings.log_level)
    connection = None
    try:
        connection = transport.connect(settings.amqp_uri, "dead letters", heartbeat=0)
        dead = DeadLetterQueue(connection)
        code = run(options, settings, dead)
        dead.close()
        return code
    except NotFound:
        return _stop("There is no queue of dead letters: run `python -m services.chassis.runtime.declare`.")
    except (OSError, AMQPError, PyMongoError) as error:
        what = type(error).__name__
        return _stop(f"RabbitMQ or MongoDB cannot be used ({what}): nothing is lost, try again.")
    finally:
        transport.close_quietly(connection)


def _stop(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
