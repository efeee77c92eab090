"""What is done with sentences; `counties` are those whose desks the actor belongs to, the first one where something new goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.sentences.model import Sentence, only_its_author_or_the_county_changes_it

if TYPE_CHECKING:
    from services.affairs.matters.sentences.store import SentenceStore
    from services.civic.calls import Call


def add(sentences: SentenceStore, counties: list[str], call: Call) -> Sentence:
    """Keep a sentence; raises Conflict for a title that is there."""
    asked = call.data
    sentence = Sentence(
        id=call.new_id("sentence"),
        region=counties[0],
        kind=asked["kind"],
        title=asked["title"],
        text=asked["text"],
        written_by=call.actor.id,
        changed_at=call.now,
    )
    sentences.add(sentence, [], call)
    return sentence


def change(sentences: SentenceStore, counties: list[str], call: Call) -> Sentence:
    """Say it otherwise; raises NotFound for another county's, Forbidden for another office's, Conflict for a removed one."""
    sentence = _to_change(sentences, counties, call)
    sentence.change(call.data["title"], call.data["text"], call.now)
    sentences.save(sentence, [], call)
    return sentence


def remove(sentences: SentenceStore, counties: list[str], call: Call) -> Sentence:
    """Offer it no more; raises as `change`."""
    sentence = _to_change(sentences, counties, call)
    sentence.remove(call.now)
    sentences.save(sentence, [], call)
    return sentence


def _to_change(sentences: SentenceStore, counties: list[str], call: Call) -> Sentence:
    sentence = sentences.get(call.data["sentence_id"], call, {"region": {"$in": counties}})
    of_the_county = any(role.region == sentence.region for role in call.actor.roles)
    only_its_author_or_the_county_changes_it(sentence.written_by, call.actor.id, of_the_county)
    return sentence
