"""A tutorial as it is followed: its labels, values and what one reads, taken out of the Markdown in their order.

**Bold** is pressed, followed, chosen or filled in; words in Chinese quotes are read on the page; `code` is what is typed. A test
names none of these words: renamed on a page, or changed in the text alone, they are not met any more.
"""

import re
from pathlib import Path

from tests.e2e.web.reader import Reader

FOLDER = Path(__file__).parents[4] / "docs" / "tutorials"
STEP = re.compile(r"^## \d+\..*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\([^)]*\)")
MARK = re.compile(r"\*\*(?P<label>.+?)\*\*|“(?P<said>[^”]+)”|`(?P<typed>[^`]+)`")


def marks_of(text: str) -> list[tuple[str, str]]:
    """Give (kind, words) of each mark of the numbered steps, in order."""
    steps = LINK.sub("]", "".join(STEP.findall(text)))
    return [(one.lastgroup, one[one.lastgroup]) for one in MARK.finditer(steps)]


class Lesson:
    """One tutorial, followed by one reader after the other."""

    def __init__(self, name: str):
        self._marks = marks_of((FOLDER / name).read_text(encoding="utf-8"))
        self.reader: Reader | None = None

    def by(self, reader: Reader) -> "Lesson":
        """Let another person go on."""
        self.reader = reader
        return self

    def next(self, kind: str) -> str:
        """Give the words of the next mark; fails where the text says another kind of thing."""
        assert self._marks, f"the tutorial has ended, and a {kind} is to come"
        found, words = self._marks.pop(0)
        assert found == kind, f"the tutorial goes on with the {found} {words!r}, the test with a {kind}"
        return words

    def press(self) -> None:
        """Press the button that is named."""
        self.reader.press(self.next("label"))

    def follow(self, times: int = 1) -> None:
        """Follow the links that are named, one after the other."""
        for _ in range(times):
            self.reader.follow(self.next("label"))

    def choose(self, times: int = 1) -> None:
        """Tick what is named."""
        for _ in range(times):
            self.reader.choose(self.next("label"))

    def fill(self, value: str | None = None) -> None:
        """Fill in the field that is named: with `value`, else with what the text says."""
        label = self.next("label")
        self.reader.fill(label, value if value is not None else self.next("typed"))

    def sees(self, times: int = 1) -> None:
        """Read on the page what the text says is there."""
        for _ in range(times):
            self.reader.sees(self.next("said"))

    def signs_in(self, login: str, password: str) -> None:
        """Sign in from the first page, as every tutorial says it."""
        self.reader.open("/")
        self.follow()
        self.fill(login)
        self.fill(password)
        self.press()

    def finds(self) -> None:
        """Write what is looked for, press the button beside it, and open what was found."""
        self.fill()
        self.press()
        self.follow()

    def is_over(self) -> None:
        """Fail where the tutorial goes on."""
        assert not self._marks, f"the test never came to {self._marks[:3]}"
