"""How large a county is."""

from dataclasses import dataclass

VILLAGES = 271
CHUNK = 1_000
"""People whose lives are made up together."""


@dataclass(frozen=True)
class Size:
    """The numbers of a county; `certified` and `rejected` are among the `people`, the others wait."""

    villages: int
    people: int
    certified: int
    rejected: int
    applications: int
    listings: int
    orders: int
    reports: int
    sessions: int

    def scaled(self, share: float) -> "Size":
        """Give a county that is so much smaller: fewer villages of the same size, not emptier ones."""
        return Size(*(max(1, round(number * share)) for number in vars(self).values()))

    @property
    def chunks(self) -> int:
        """Give the number of chunks that the people are divided into."""
        return -(-self.people // CHUNK)

    def part(self, number: int, chunk: int) -> int:
        """Give how much of a number of this county falls to a chunk; all parts together are the number."""
        low, high = chunk * CHUNK, min((chunk + 1) * CHUNK, self.people)
        return number * high // self.people - number * low // self.people


QIONGLAI = Size(VILLAGES, 660_000, 382_000, 20_000, 200_000, 5_000, 50_000, 10_000, 76_000)
"""People, certified residents and villages as reported of Qionglai; the other numbers are our assumption."""
