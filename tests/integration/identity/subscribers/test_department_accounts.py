"""A department's own access: keys that are replaced, machines that come in by themselves, readers with accounts of their own."""

import threading
from dataclasses import dataclass, field

import pytest

from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected, VersionConflict
from services.chassis.core.secrets import Passwords
from services.civic.actor import SYSTEM, CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.keys import Keys
from services.identity.access.second_factor import SecondFactor
from services.identity.subscribers.accounts import usecases
from services.identity.subscribers.accounts.model import MACHINE_KEY_LASTS, MOST_MACHINE_KEYS, MOST_READERS
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from services.identity.wiring.accounts import Accounts
from tests.integration.identity.subscribers.test_pulling import Puller

KEYS = Keys(b"k" * 32)
PASSWORDS = Passwords()


@dataclass
class Broker:
    """What the broker was told."""

    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def credentials(self, department, reader=""):
        number = department.passwords.get(reader, 0)
        return {"user": department.login_of(reader), "password": f"{reader}-{number}"}

    def open_account(self, department, reader=""):
        self.opened.append(department.login_of(reader))

    def close_account(self, login):
        self.closed.append(login)

    def disconnect(self, login):
        self.cut.append(login)


@pytest.fixture
def departments(database):
    Puller(database).department(delivery="stream")
    return DepartmentStore(database)


def own(key="k1", session="s1", **data) -> Call:
    return write_call("test", data, CivicActor("d", "department", session=session), key)


def holder(departments, key):
    return usecases.holder_of(departments, KEYS.of_machine, Call({"key": key}, SYSTEM))


def machine(departments, key="k1", name="采集机"):
    return usecases.make_machine_key(departments, KEYS.of_machine, own(key, name=name))


def test_a_rotated_key_is_told_once_more_to_a_repeat_and_ends_what_the_one_before_opened(
    database, departments
):
    accounts = Accounts(database, SecondFactor(b"k" * 32))
    before = accounts.find("d")
    first = usecases.rotate(departments, PASSWORDS, KEYS.of_department, own())
    assert usecases.rotate(departments, PASSWORDS, KEYS.of_department, own()) == first
    after = accounts.find("d")
    assert first["key"] != KEYS.of_department("d") and PASSWORDS.matches(after.password_hash, first["key"])
    assert not PASSWORDS.matches(after.password_hash, KEYS.of_department("d"))
    assert (before.stamp, after.stamp) == ("", "1")
    assert first["key"] not in str(list(departments.documents.find()))


def test_a_machine_comes_in_with_its_key_until_it_is_revoked(departments):
    made = machine(departments)
    assert machine(departments)["key"] == made["key"]
    assert holder(departments, made["key"]) == {"department_id": "d"}
    assert departments.get("d").machine_keys[0]["used_at"] is not None
    assert made["key"].rsplit("_", 1)[1] not in str(list(departments.documents.find()))
    usecases.revoke_machine_key(departments, own("k2", key_id=made["id"]))
    with pytest.raises(Forbidden):
        holder(departments, made["key"])
    with pytest.raises(NotFound):
        machine(departments)


@pytest.mark.parametrize(
    "change",
    [lambda k: k[:-1] + "x", lambda k: "xzk_a_b_c", lambda k: "xzk_", lambda k: k.replace("_d_", "_e_")],
)
def test_a_key_that_is_not_quite_one_opens_nothing(departments, change):
    made = machine(departments)
    with pytest.raises(Forbidden) as told:
        holder(departments, change(made["key"]))
    assert told.value.code == "department.wrong_machine_key"


def test_a_machine_key_ends_by_itself(departments):
    made = machine(departments)
    late = Call({"key": made["key"]}, SYSTEM, now=made["made_at"] + MACHINE_KEY_LASTS)
    with pytest.raises(Forbidden):
        usecases.holder_of(departments, KEYS.of_machine, late)


def test_machine_keys_are_few_also_when_they_are_made_at_once(departments):
    refused = []

    def make(number):
        while True:
            try:
                return machine(departments, f"k{number}")
            except VersionConflict:
                continue  # as the host of an operation does it
            except Rejected as error:
                return refused.append(error)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(MOST_MACHINE_KEYS + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(departments.get("d").machine_keys) == MOST_MACHINE_KEYS and len(refused) == 3


def test_with_a_machine_key_no_access_is_changed(departments):
    for act in (
        lambda call: usecases.rotate(departments, PASSWORDS, KEYS.of_department, call),
        lambda call: usecases.make_machine_key(departments, KEYS.of_machine, call),
        lambda call: usecases.open_reader(departments, Broker(), call),
        lambda call: usecases.rotate_stream_password(departments, Broker(), call),
    ):
        with pytest.raises(Forbidden):
            act(own(session=None, name="x", reader=None))


def test_readers_have_accounts_of_their_own_that_are_few_and_go_with_their_connections(departments):
    broker = Broker()
    names = [f"reader-{number}" for number in range(MOST_READERS)]
    for name in names:
        usecases.open_reader(departments, broker, own(name, name=name))
    assert broker.opened == [f"dept.d.{name}" for name in names]
    with pytest.raises(Rejected):
        usecases.open_reader(departments, broker, own("more", name="more"))
    with pytest.raises(Conflict):
        usecases.open_reader(departments, broker, own("twice", name=names[0]))
    usecases.close_reader(departments, broker, own("go", reader=names[0]))
    assert broker.closed == [f"dept.d.{names[0]}"]
    again = usecases.open_reader(departments, broker, own("again", name=names[0]))
    assert again["password"] == f"{names[0]}-1", "who had the account before is not let in again"


def test_a_rotated_password_cuts_off_whoever_has_the_one_before(departments):
    broker = Broker()
    rotated = usecases.rotate_stream_password(departments, broker, own(reader=None))
    assert usecases.rotate_stream_password(departments, broker, own(reader=None)) == rotated
    assert (rotated["password"], broker.opened, broker.cut) == ("-1", ["dept.d"], ["dept.d"])
    with pytest.raises(NotFound):
        usecases.rotate_stream_password(departments, broker, own("k2", reader="nobody"))


def test_credentials_say_where_the_broker_is_and_what_it_speaks(departments):
    department = departments.get("d")
    inner = CivicSettings(identity_hash_key=b"k" * 32, amqp_uri="amqp://u:p@10.0.0.1:5700/x")
    told = DepartmentStreams(inner).credentials(department)
    assert (told["host"], told["port"], told["tls"]) == ("10.0.0.1", 5700, False)
    outer = CivicSettings(identity_hash_key=b"k" * 32, departments_amqp_uri="amqps://mq.county.example")
    told = DepartmentStreams(outer).credentials(department)
    assert (told["host"], told["port"], told["tls"]) == ("mq.county.example", 5671, True)
    assert told["protocol"] == "amqp-0-9-1"
    passwords = {
        DepartmentStreams(outer).credentials(department, name)["password"] for name in ("", "a", "b")
    }
    department.passwords["a"] = 1
    assert DepartmentStreams(outer).credentials(department, "a")["password"] not in passwords
    assert len(passwords) == 3
