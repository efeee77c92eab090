"""Prints the story and stops it where something is not as it should be."""

import time
from collections.abc import Callable


class StoryFailed(Exception):
    """A step did not end as the story says; the message tells which and what came instead."""


class Teller:
    """Tells chapters and steps; a step that fails ends the story."""

    def __init__(self, say: Callable[[str], None] = print):
        self.say = say
        self.steps = 0

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        self.say(f"\n{title}")

    def step(self, sentence: str) -> None:
        """Tell one step that has happened."""
        self.steps += 1
        self.say(f"  {self.steps:>2}. {sentence}")

    def note(self, sentence: str) -> None:
        """Tell something about the step before."""
        self.say(f"        {sentence}")

    def must(self, holds: bool, sentence: str) -> None:
        """Stop the story where something does not hold."""
        if not holds:
            raise StoryFailed(sentence)

    def wait_for(self, what: str, look: Callable, seconds: float = 30):
        """Look again and again until there is something; events take a moment. Stops the story after `seconds`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise StoryFailed(f"waited {seconds:.0f} s in vain for: {what}")
