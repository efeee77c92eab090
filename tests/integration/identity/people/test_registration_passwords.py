"""Who registers meets the rules of passwords that hold at every other door."""

import pytest

from services.chassis.core.errors import Rejected
from tests.integration.identity.village_scene import Village

NUMBER, PHONE = "510183195803120022", "13800000013"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("1234567890", "session.password_too_common"),
        ("password123", "session.password_too_common"),
        (f"wx{PHONE}", "session.password_follows_from_login"),
        (NUMBER, "session.password_follows_from_login"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_and_nobody_is_registered(database, password, code):
    village = Village(database)
    with pytest.raises(Rejected) as refused:
        village.register(id_number=NUMBER, phone=PHONE, password=password)
    assert refused.value.code == code
    assert village.residents.documents.count_documents({}) == 0
