"""What an account says of a person, for an operation that is filled from it: asked of identity once the operation has said that it needs it.

So whoever needs none of it pays nothing, nobody sends facts about themselves, and no service keeps a copy of names.
"""

from dataclasses import replace

from services.chassis.core.errors import DomainError
from services.civic.actor import SYSTEM, CivicActor
from services.civic.forms import facts

NEEDED = "application.facts_needed"
"""The code with which an operation says that it needs them; `wanted` of its details says which, and where a number was typed."""


def told(client, actor: CivicActor, refused: DomainError, asked: dict) -> CivicActor:
    """Give the actor with what the account says; raises DomainError where identity refuses."""
    answers = asked.get("answers")
    places = refused.detail.get("wanted", {}).get(facts.NUMBER, [])
    number = facts.answered(answers, places) if isinstance(answers, dict) else None
    wanted = {"resident_id": actor.subject, "id_number": number[:200] if number else None}
    given = client.call("identity", "account_facts", wanted, SYSTEM)
    known = {"name": given["name"], "phone": given["phone"]}
    known |= {facts.NUMBER: number} if number and given["number_fits"] else {}
    return replace(actor, facts=tuple((name, value) for name, value in known.items() if value))
