"""Figures of the broker's nodes: who runs, and whether one is short of disk or memory, which stops every publisher at once."""

from dataclasses import dataclass

from services.chassis.amqp import management
from services.chassis.core.settings import Settings


@dataclass
class NodeFigures:
    """One node, as the management API told it last; bytes. Of one that does not run nothing else is known.

    An alarm of one node blocks who publishes at any (https://www.rabbitmq.com/docs/alarms): what is sent waits, nothing is lost.
    """

    name: str
    running: bool = True
    disk_alarm: bool = False
    memory_alarm: bool = False
    disk_free: int = 0
    disk_limit: int = 0
    memory_used: int = 0
    memory_limit: int = 0


def node_figures(settings: Settings) -> list[NodeFigures]:
    """Give the figures of every node of the broker's cluster, in the order of their names. Raises OSError."""
    return sorted(map(_node, management.nodes(settings)), key=lambda node: node.name)


def _node(told: dict) -> NodeFigures:
    return NodeFigures(
        told["name"],
        bool(told.get("running")),
        bool(told.get("disk_free_alarm")),
        bool(told.get("mem_alarm")),
        _bytes(told.get("disk_free")),
        _bytes(told.get("disk_free_limit")),
        _bytes(told.get("mem_used")),
        _bytes(told.get("mem_limit")),
    )


def _bytes(told: object) -> int:
    """Where the system does not tell it, the broker gives a word in its place."""
    return told if isinstance(told, int) else 0
