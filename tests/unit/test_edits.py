"""What several officials change says in which version it was read, and its change may say which was seen."""

import pytest
from marshmallow import ValidationError

from services.affairs.matters.catalogue import contract as catalogue
from services.chassis.core.schemas import Edit
from services.identity.divisions.contacts import contract as contacts
from services.identity.officials.duties import contract as duties
from services.identity.people.households import contract as households
from services.identity.people.recorded import contract as recorded
from services.integrity.openness.powers import contract as powers

EDITS = [
    catalogue.change_matter,
    catalogue.submit_draft,
    catalogue.return_draft,
    catalogue.discard_draft,
    powers.submit_power_draft,
    powers.return_power_draft,
    powers.discard_power_draft,
    duties.set_rota,
    duties.change_duty,
    contacts.tell_contact,
    households.change_household_member,
    households.change_household_head,
    recorded.correct_recorded_person,
]


@pytest.mark.parametrize("operation", EDITS, ids=lambda one: one.request.__name__)
def test_a_change_may_say_what_was_seen_of_what_the_answer_tells(operation):
    assert issubclass(operation.request, Edit) and not operation.request().fields["seen_version"].required
    assert "version" in operation.answer().fields


@pytest.mark.parametrize(
    ("shape", "asked"),
    [
        (households.ChangeMember, {"household_id": "h", "resident_id": "r"}),
        (recorded.CorrectRecorded, {"person_id": "p"}),
    ],
)
def test_to_say_what_was_seen_alone_changes_nothing(shape, asked):
    with pytest.raises(ValidationError):
        shape().load({**asked, "seen_version": 1})
