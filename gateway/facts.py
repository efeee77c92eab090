"""What identity says of a person, for an operation that needs it: asked beforehand where it always does, else once it has said so.

So whoever needs none of it pays nothing, nobody sends facts about themselves, and no service keeps a copy of them.
"""

from collections.abc import Callable
from dataclasses import replace

from services.chassis.core.errors import Conflict, DomainError, NotFound
from services.civic.actor import SYSTEM, CivicActor
from services.civic.forms import facts

NEEDED, FITTING = "application.facts_needed", "fitting.facts_needed"
"""The codes with which operations say that they need what the account says, or what the village has entered."""


def beforehand(client, actor: CivicActor) -> CivicActor:
    """Give a resident with name and phone of the account, or of the ward's; with none where no village vouches: the operation refuses.

    No number was typed that could be compared: an operation that wants it asks again.
    """
    if actor.kind != "resident":
        return actor
    try:
        known = _asked_of_identity(client, actor, None)
    except (Conflict, NotFound):
        return replace(actor, facts=())
    return _with(actor, {"name": known["name"], "phone": known["phone"], facts.NUMBER_UNASKED: "yes"})


def told(client, actor: CivicActor, refused: DomainError, asked: dict) -> CivicActor:
    """Give the actor with what identity says, of what the refusal names; raises DomainError where identity refuses."""
    return _with(actor, OF_A_REFUSAL[refused.code](client, actor, refused, asked))


def _with(actor: CivicActor, known: dict[str, str]) -> CivicActor:
    return replace(actor, facts=tuple((name, value) for name, value in known.items() if value))


def _asked_of_identity(client, actor: CivicActor, number: str | None) -> dict:
    wanted = {"resident_id": actor.subject, "id_number": number}
    return client.call("identity", "account_facts", wanted, SYSTEM)


def _of_the_account(client, actor: CivicActor, refused: DomainError, asked: dict) -> dict[str, str]:
    """Give name and phone, and the number that was typed where it is the account's; `wanted` of the details says where that stands."""
    answers = asked.get("answers")
    places = refused.detail.get("wanted", {}).get(facts.NUMBER, [])
    number = facts.answered(answers, places) if isinstance(answers, dict) else None
    given = _asked_of_identity(client, actor, number[:200] if number else None)
    known = {"name": given["name"], "phone": given["phone"]}
    return known | ({facts.NUMBER: number} if number and given["number_fits"] else {})


def _of_the_village(client, actor: CivicActor, _refused: DomainError, _asked: dict) -> dict[str, str]:
    """Give what the village has entered; nothing at all without leave."""
    given = client.call("identity", "fitting_facts", {"resident_id": actor.subject}, SYSTEM)
    grade = given["disability_grade"]
    return {
        "agreed": "yes" if given["agreed"] else "",
        "born_on": given["born_on"] or "",
        "disability_grade": str(grade) if grade else "",
        "away": "yes" if given["away"] else "",
    }


OF_A_REFUSAL: dict[str, Callable[..., dict]] = {NEEDED: _of_the_account, FITTING: _of_the_village}
"""What is asked of identity, by the code that says it is needed."""
