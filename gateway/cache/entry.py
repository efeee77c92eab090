"""One kept answer, and what it takes."""

from dataclasses import dataclass

from gateway.cache.changes import Mark

OVERHEAD = 1000
"""Bytes that an entry takes beside its key and body, roughly: so the bound on bytes bounds the number of entries too."""

Key = tuple[str, str]
"""(path, query string)"""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One kept answer; `asked_at` (monotonic seconds) is when its question began, `mark` what it depends on."""

    key: Key
    body: bytes
    etag: str
    route: str
    asked_at: float
    mark: Mark

    @property
    def size(self) -> int:
        """Give what it takes, in bytes."""
        return len(self.body) + len(self.key[0]) + len(self.key[1]) + OVERHEAD
