"""Shapes of sentences."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Name, Page, Shape, Text, Time, page_of
from services.civic.operation import Operation

KINDS = ("notice", "refusal", "decision")
"""Where it is offered: telling what is missing, not taking something up, deciding."""


class AddSentence(Shape):
    """A sentence under a title by which it is chosen."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = Name(40, required=True, metadata={"description": "短标题，选用语时看它"})
    text = Text(1000, 2, required=True, lines=True, metadata={"description": "用语的全文"})


class ChangeSentence(Shape):
    """The same said otherwise; what was written with it before stays as it is."""

    sentence_id = Id(required=True)
    title = Name(40, required=True, metadata={"description": "短标题，选用语时看它"})
    text = Text(1000, 2, required=True, lines=True, metadata={"description": "用语的全文"})


class RemoveSentence(Shape):
    """It is offered no more."""

    sentence_id = Id(required=True)


class ListSentences(Page):
    """The sentences of the caller's county for one place, by title."""

    kind = fields.String(load_default="notice", validate=validate.OneOf(KINDS))


class KeptSentence(Answer):
    """A sentence, and who wrote it."""

    id = Id(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)
    text = fields.String(required=True)
    written_by = fields.String(required=True, metadata={"description": "谁写的"})
    changed_at = Time(required=True)


SentencePage = page_of(KeptSentence)

COUNTY_DESK = ("clerk", "county_administrator")
DESK = (*COUNTY_DESK, "town_administrator")

list_sentences = Operation(ListSentences, SentencePage, allow=DESK)
add_sentence = Operation(AddSentence, KeptSentence, allow=DESK, writes=True)
change_sentence = Operation(ChangeSentence, KeptSentence, allow=DESK, writes=True)
remove_sentence = Operation(RemoveSentence, KeptSentence, allow=DESK, writes=True)
