"""A resident with a real account, sessions and codes on a real database; passwords are looked at at once, nobody sends messages."""

from functools import partial

from services.chassis.core.calls import Call
from services.civic.id_numbers import check_digit
from services.identity.access.keys import Keys
from services.identity.access.sessions import password_changes, usecases
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.access.sessions.rules import network_of
from services.identity.access.verification_codes import usecases as codes
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.people.papers import named_ending
from services.identity.people.residents import proofs
from services.identity.people.residents.model import Resident
from tests.integration.identity.official_scene import HOME, PASSWORD, VILLAGE
from tests.integration.identity.official_scene import Scene as OfficialScene
from tests.integration.identity.session_scene import KEY

PHONE, UNKNOWN = "13800000013", "13800000099"
NUMBER = "51018319580312002"


class Texting:
    """Keeps what it is asked to send: (code, whose)."""

    is_on = True

    def __init__(self):
        self.sent: list[tuple[str, str]] = []

    def send_code(self, code_id, person, region, until, call):
        self.sent.append((code_id, person))


class Scene(OfficialScene):
    """`wang`, a resident, who signs in with the phone and can have codes."""

    def __init__(self, database):
        super().__init__(database)
        self.keys, self.texting = Keys(KEY), Texting()
        self.residents = self.people.residents
        self.codes, self.requests = VerificationCodeStore(database), CodeRequests(database)
        for store in (self.residents, self.codes, self.requests):
            store.create_indexes()
        self.number = NUMBER + check_digit(NUMBER)
        self.wang = Resident(
            "w", VILLAGE, "王秀英", self.keys.of_id_number(self.number), "5101**************", PHONE,
            self.passwords.hash(PASSWORD), self.now,
            ending_hash=self.keys.of_id_number(named_ending(self.number[-4:])),
        )  # fmt: skip
        self.residents.add(self.wang, [], Call({}))

    def code(self, phone=PHONE, purpose="reset_password", address=HOME):
        """Have a code sent, and read it."""
        asked = {"phone": phone, "purpose": purpose, "device_token": None, "proof_of_work": None}
        made = codes.ask(
            self.codes, self.requests, self.residents.first_with_phone, self.tokens.read_device, self.keys.of_phone,
            network_of, self.proofs, self.texting, self.call(asked, address=address),
        )  # fmt: skip
        return made.id

    def reset(self, code_id, new, digits=None, ending=None):
        """Replace the forgotten password; gives the answer or the refusal's code."""
        asked = {
            "code_id": code_id,
            "code": digits or self.keys.of_code(code_id),
            "id_number_ending": ending or self.number[-4:],
            "new_password": new,
            "device_token": None,
        }
        who_has = partial(proofs.who_is_opened, self.residents, self.keys.of_id_number)
        opened = partial(usecases.opened_by_ending, self.attempts, who_has)
        return self.as_the_door(
            codes.reset_password,
            self.codes,
            self.keys.of_code,
            opened,
            a_password_is_good,
            self._replace,
            self.call(asked),
        )

    def _replace(self, person, phone, use_up, call):
        """Replace a password as the service does: the phone is theirs then."""
        given = password_changes.replace_password(
            self.people, self.sessions, self.passwords, self.tokens, person, use_up, call
        )
        proofs.prove(self.residents, person, phone, call)
        return given

    def reload(self) -> Resident:
        """Give the resident as stored."""
        return self.residents.get("w")

    def told_of_her(self) -> list[str]:
        """Give the names of the events about her."""
        found = self.residents.documents.find_one({"_id": "w"})
        return [one["type"].removeprefix("xiangzhi.identity.") for one in found["outbox"]]
