"""Which series and labels a query asks for: enough of PromQL to hold queries to the table of what is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS = frozenset(
    [
        "sum",
        "max",
        "min",
        "avg",
        "count",
        "topk",
        "bottomk",
        "rate",
        "increase",
        "changes",
        "histogram_quantile",
        "absent",
        "time",
        "and",
        "or",
        "unless",
        "by",
        "on",
        "without",
        "ignoring",
        "group_left",
        "group_right",
        "bool",
        "offset",
    ]
)
"""The functions and words that our queries use."""

STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
RANGE = re.compile(r"\[[^\]]*\]")
SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\s*\{([^}]*)\}")
MATCHED = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
GROUPED = re.compile(r"\b(?:by|on|without|ignoring|group_left|group_right)\s*\(([^)]*)\)")
NAME = re.compile(r"(?<![\w.])[a-zA-Z_:][\w:]*")


@dataclass(frozen=True)
class Asked:
    """What one query asks for."""

    series: frozenset[str]
    matched: frozenset[tuple[str, str]]
    grouped: frozenset[str]


def asked(query: str) -> Asked:
    """Read a query: its series, the labels that each is chosen by, and the labels that it is grouped by."""
    plain = RANGE.sub("", STRING.sub('""', query))
    matched = {(name, label) for name, inner in SELECTOR.findall(plain) for label in MATCHED.findall(inner)}
    grouped = {
        label.strip() for inner in GROUPED.findall(plain) for label in inner.split(",") if label.strip()
    }
    rest = GROUPED.sub("", re.sub(r"\{[^}]*\}", "", plain))
    return Asked(frozenset(set(NAME.findall(rest)) - WORDS), frozenset(matched), frozenset(grouped))
