"""What a shape complains about, told without repeating what was sent.

Complaints reach logs of proxies, screenshots and support desks; an ID number typed into the wrong field must
not.
"""

import re
from typing import Any

MOST = 50
"""Complaints that one answer lists."""

SHORTEST = 4
"""Characters from which a sent value counts as repeated; shorter ones occur in any sentence."""

FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
UNNAMED = "unknown_field"
VAGUE = "格式不对，请检查后重新填写。"


def without_values(messages: dict | list, request: Any) -> dict | list:
    """Give marshmallow's messages as plain JSON, at most 50, with nothing in them that the request holds."""
    longest = max((len(text) for text in _texts(messages)), default=0)
    sent = {value for value in _values(request) if SHORTEST <= len(value) <= longest}
    return _cleaned(messages, sent, [MOST])


def _cleaned(messages, sent: set[str], left: list[int]):
    """Copy the messages while any of `left` (a counter shared by all depths) remain."""
    if isinstance(messages, dict):
        cleaned = {}
        for name, below in messages.items():
            if left[0] <= 0:
                break
            cleaned[_field(name)] = _cleaned(below, sent, left)
        return cleaned
    if isinstance(messages, list):
        return [_cleaned(below, sent, left) for below in messages[: max(left[0], 0)]]
    left[0] -= 1
    text = str(messages)
    return VAGUE if any(value in text for value in sent) else text


def _field(name) -> str:
    """A key of the messages is a declared field, a position, or a key that the sender made up."""
    if isinstance(name, int):
        return str(name)
    return name if isinstance(name, str) and FIELD.fullmatch(name) else UNNAMED


def _texts(messages):
    stack = [messages]
    while stack:
        one = stack.pop()
        if isinstance(one, dict | list):
            stack.extend(one.values() if isinstance(one, dict) else one)
        else:
            yield str(one)


def _values(request):
    stack = [request]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, str):
            yield one.strip()
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)
