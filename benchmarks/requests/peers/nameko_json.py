"""orjson as kombu wants a serializer: text out."""

import orjson


def dumps(value) -> str:
    """Give the value as JSON text."""
    return orjson.dumps(value).decode()
