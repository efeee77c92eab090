"""Registering again under the same key: the first answer at once, however slow the first time was."""

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.calls import write_call
from services.chassis.core.errors import AlreadyAnswered
from services.civic.actor import ANONYMOUS
from services.civic.working_days import published_working_days
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.people.residents import registration
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms
from services.identity.privacy.consents.catalogue import shipped_catalogue


class Passwords:
    """Counts how often something was hashed."""

    hashed = 0

    def hash(self, password: str, beside: str | None = None) -> str:
        self.hashed += 1
        return "hash"


class Villages:
    """Knows every village."""

    def must_exist(self, code: str) -> str:
        return "2019"


def test_an_impatient_repeat_is_answered_without_hashing_the_password_again(database):
    residents, passwords = ResidentStore(database), Passwords()
    residents.create_indexes()
    entered = {**new_resident(VILLAGE), "paper": "id_card", "country": None}

    def register():
        call = write_call(
            "identity.register_resident", entered, ANONYMOUS, "k" * 16, lambda one: {"id": one.id}
        )
        return registration.register(
            residents,
            Villages(),
            shipped_catalogue(),
            passwords,
            a_password_is_good,
            lambda number: number,
            ResidentTerms(5, 60, published_working_days()),
            lambda call: None,
            call,
        )

    made = register()
    for _ in range(3):
        with pytest.raises(AlreadyAnswered) as repeat:
            register()
        assert repeat.value.answer == {"id": made.id}
    assert passwords.hashed == 1
