"""Registering again under the same key: the first answer at once, however slow the first time was."""

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.actor import ANONYMOUS
from services.chassis.calls import write_call
from services.chassis.errors import AlreadyAnswered
from services.chassis.working_days import published_working_days
from services.identity.consents.catalogue import shipped_catalogue
from services.identity.residents import usecases
from services.identity.residents.store import ResidentStore
from services.identity.residents.terms import Terms


class Passwords:
    """Counts how often something was hashed."""

    hashed = 0

    def hash(self, password: str) -> str:
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
        return usecases.register(
            residents,
            Villages(),
            shipped_catalogue(),
            passwords,
            lambda number: number,
            Terms(5, 60, published_working_days()),
            call,
        )

    made = register()
    for _ in range(3):
        with pytest.raises(AlreadyAnswered) as repeat:
            register()
        assert repeat.value.answer == {"id": made.id}
    assert passwords.hashed == 1
