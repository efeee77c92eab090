"""The one error that a person is meant to read."""

from __future__ import annotations


class Refusal(Exception):
    """An expected failure, told in one sentence that says what to do.

    `details` are lines shown below the sentence, for instance the end of a log.
    """

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details

    def __str__(self) -> str:
        """The sentence and the lines below it: who does not show them apart shows both."""
        return "\n".join(filter(None, (self.sentence, self.details)))
