"""What a person can read of the own messages."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.templates import shipped_templates


def own(messages: MessageStore, call: Call) -> dict:
    """A page of the caller's messages with their words, newest first."""
    texts = shipped_templates()

    def shown(document: dict) -> dict:
        message = messages.from_document(document)
        return vars(message) | {"text": texts.text(message.template, message.template_version)}

    where = {"person": call.actor.id, "urgent": {"$in": [False, True]}, "kind": {"$ne": "code"}}
    return page(messages.documents, where, call.data, ("created_at", -1), shown)
