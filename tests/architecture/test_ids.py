"""Whatever can be asked for by its id has one that the type of ids takes: what is put together of others is counted here."""

import ast
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from marshmallow import ValidationError

from services.chassis.core.calls import Call
from services.chassis.core.ids import derived_id
from services.chassis.core.schemas import Id
from services.identity.notices.notifications.naming import ONCE_A_DAY, id_of
from tests.architecture.house import ROOT, sources, tree

LONGEST = "f" * 32
"""An id of ours: what new_id and derived_id give."""

NOW = datetime(2026, 12, 31, 23, 59, 59, 999999, UTC)
VILLAGE = "510183103204"

PRODUCED = {
    "a new one": Call({}).new_id(),
    "a new one of a key": Call({}, key="k" * 128).new_id("kind"),
    "a derived one": derived_id(*[LONGEST] * 9),
    **{f"a notice of {name}": id_of(SimpleNamespace(name=name, time=NOW), LONGEST) for name in ONCE_A_DAY},
}
"""What every function gives that makes ids, from the longest that it is given."""

BY_HAND = {
    "services/identity/divisions/crosswalks/usecases.py": f"2019-{VILLAGE[:6]}-2019-2023",
    "services/identity/divisions/edition_switches/model.py": f"{VILLAGE[:6]}-2019",
    "services/civic/editions/edition_switch.py": f"2019-{VILLAGE[:6]}-2019-2023.999",
    "services/identity/divisions/regions/model.py": f"2019-{VILLAGE}",
    "services/identity/privacy/unmaskings/usecases.py": f"own_{LONGEST}",
    "services/identity/notices/notifications/usecases.py": f"digest-2026-12-31-{LONGEST}",
    "services/affairs/matters/applications/draft_model.py": None,
    "services/chassis/events/outbox.py": None,
    "services/identity/subscribers/departments/samples.py": None,
    "services/chassis/listeners/poison_messages.py": None,
    "services/chassis/listeners/retries.py": None,
    "services/identity/subscribers/webhooks/logged_poster.py": f"ping-{LONGEST}",
}
"""Each file that puts an id together of others, with the longest that it makes; None where nobody asks for it by a route: ids of events,
and rows of a queue.
"""


def _puts_together(node: ast.AST) -> bool:
    """Tell whether a statement or argument makes an id out of parts: `id=f"..."`, `id = f"..."`, or a call given one first."""
    if isinstance(node, ast.keyword):
        return node.arg == "id" and isinstance(node.value, ast.JoinedStr)
    if isinstance(node, ast.Assign):
        named = any(isinstance(one, ast.Name) and one.id == "id" for one in node.targets)
        return named and isinstance(node.value, ast.JoinedStr)
    if isinstance(node, ast.FunctionDef) and node.name.endswith(("_id", "id_of")):
        return any(isinstance(one, ast.Return) and isinstance(one.value, ast.JoinedStr) for one in node.body)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_once":
        return any(isinstance(one, ast.JoinedStr) for one in node.args)
    return False


def test_every_id_that_is_put_together_of_others_is_counted():
    found = {
        str(path.relative_to(ROOT))
        for path in sources("services")
        if any(_puts_together(node) for node in ast.walk(tree(path)))
    }
    assert found == set(BY_HAND)


@pytest.mark.parametrize("of", [*PRODUCED, *(of for of, id in BY_HAND.items() if id)])
def test_an_id_can_be_asked_for(of):
    id = PRODUCED.get(of) or BY_HAND[of]
    assert Id().deserialize(id) == id


def test_an_id_that_is_too_long_is_noticed():
    with pytest.raises(ValidationError):
        Id().deserialize(f"identity.resident.number_claimed-{LONGEST}-2026-12-31")
