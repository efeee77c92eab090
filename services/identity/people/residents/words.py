"""What people wrote about an entry: reasons, answers, reports. They are encrypted; what happened and when stands plain beside them.

`words` holds them by what they belong to: appeal, appeal_answer, request, answer, report, ended, revived, sight_revoked.
"""

from services.identity.people.residents.entry import Entry


class Wording(Entry):
    """The free texts of an entry, and each thing together with its own; `shows_wanted` to the person alone what a correction asks for."""

    shows_wanted = False

    def say(self, what: str, text: str | None) -> None:
        """Keep a text in place of the one before; None forgets it."""
        others = {name: kept for name, kept in self.words.items() if name != what}
        self.words = {**others, what: text} if text else others

    def forget_words(self, *whats: str) -> None:
        """Forget texts of what is over."""
        for what in whats:
            self.say(what, None)

    @property
    def appeal_with_words(self) -> dict | None:
        """The appeal with what was written and answered."""
        words = {"reason": self.words.get("appeal"), "answer": self.words.get("appeal_answer")}
        return self.appeal and {**self.appeal, **words}

    @property
    def request_with_words(self) -> dict | None:
        """What is asked for, with the reason where there is one, and for the person the value that is wanted."""
        if not self.request:
            return self.request
        reason, wanted = self.words.get("request"), (self.wanted or {}) if self.shows_wanted else {}
        values = (wanted.get(name) for name in ("name", "phone", "masked_id_number"))
        value = next(filter(None, values), None)
        told = {"reason": reason, "value": value}
        return {**self.request, **{name: text for name, text in told.items() if text}}

    @property
    def answer_with_words(self) -> dict | None:
        """What became of the last request, with the reason."""
        return self.answer and {**self.answer, "reason": self.words.get("answer")}

    @property
    def report_with_words(self) -> dict | None:
        """What the village reported, with the reason."""
        return self.report and {**self.report, "reason": self.words.get("report")}
