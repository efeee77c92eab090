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
