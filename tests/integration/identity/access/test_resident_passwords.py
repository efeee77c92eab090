"""Residents change their password, and replace a forgotten one by phone and paper; what the old one opened ends."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import DomainError
from services.chassis.events.event import check_data
from services.identity.access.verification_codes.model import TRIES
from tests.integration.identity.resident_scene import PASSWORD, PHONE, UNKNOWN, Scene
from tests.integration.identity.session_scene import counted

NEW = "猕猴桃熟了我们上山去"
WRONG = "session.wrong_credentials"


@pytest.fixture
def scene(database):
    return Scene(database)


def states(scene) -> list[str]:
    return sorted(scene.states(scene.wang))


def test_a_new_password_opens_the_account_and_ends_what_the_old_one_opened(scene):
    other, this = scene.sign_in(login=PHONE), scene.sign_in(login=PHONE)
    given = scene.change_password(this, NEW)
    assert scene.refresh(other) == "session.over"
    scene.hear(scene.wang)
    assert states(scene) == ["active", "ended"]
    assert scene.refresh(given)["kind"] == "resident"
    assert scene.try_to(scene.sign_in, login=PHONE) == WRONG
    assert scene.sign_in(NEW, login=PHONE)["person_id"] == "w"


def test_a_change_is_told_once_and_says_nothing_of_the_password(scene):
    scene.change_password(scene.sign_in(login=PHONE), NEW)
    assert scene.told_of_her() == ["resident.password_changed.v1"]
    (told,) = scene.residents.documents.find_one({"_id": "w"})["outbox"]
    assert told["data"] == {"resident_id": "w", "state": "pending", "edition": ""}
    check_data("identity.resident.password_changed", 1, told["data"])


def test_sessions_from_before_passwords_could_be_changed_go_on(scene):
    given = scene.sign_in(login=PHONE)
    scene.residents.documents.update_one({"_id": "w"}, {"$unset": {"credentials": ""}})
    assert scene.refresh(given)["person_id"] == "w"


def test_the_old_password_is_asked_for_and_guessing_it_is_slowed_down(scene):
    given = scene.sign_in(login=PHONE)
    codes = [scene.change_password(given, NEW, old="wrong") for _ in range(12)]
    assert counted(codes) == [(WRONG, 11), ("session.too_many_attempts", 1)]
    assert scene.sign_in(login=PHONE)["person_id"] == "w"


def test_who_is_signed_in_is_told_that_the_old_password_is_wrong_and_not_the_account(scene):
    given = scene.sign_in(login=PHONE)
    scene.as_the_door = lambda work, *parts: work(*parts)
    with pytest.raises(DomainError, match="原密码不对"):
        scene.change_password(given, NEW, old="wrong")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (PASSWORD, "session.password_not_new"),
        ("1234567890", "session.password_too_common"),
        (f"w{PHONE}", "session.password_follows_from_login"),
    ],
)
def test_a_bad_password_is_refused_and_the_old_one_stays(scene, bad, code):
    assert scene.change_password(scene.sign_in(login=PHONE), bad) == code
    assert scene.sign_in(login=PHONE)["person_id"] == "w"


def test_of_two_new_passwords_at_once_one_is_chosen(scene):
    both = [(scene.sign_in(login=PHONE), f"{NEW}{n}") for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: scene.change_password(*one), both))
    assert sorted(isinstance(one, dict) for one in answers) == [False, True]
    scene.hear(scene.wang)
    assert states(scene) == ["active", "ended"]
    assert scene.reload().credentials == 1


def test_a_forgotten_password_is_replaced_by_the_phone_and_the_end_of_the_paper(scene):
    before = scene.sign_in(login=PHONE)
    given = scene.reset(scene.code(), NEW)
    assert (given["person_id"], given["kind"]) == ("w", "resident")
    assert scene.refresh(before) == "session.over"
    scene.hear(scene.wang)
    assert states(scene) == ["active", "ended"]
    assert scene.refresh(given)["person_id"] == "w"
    assert scene.try_to(scene.sign_in, login=PHONE) == WRONG
    assert scene.sign_in(NEW, login=PHONE)["person_id"] == "w"
    assert scene.told_of_her() == ["resident.password_changed.v1", "resident.phone_proved.v1"]


def test_a_code_replaces_one_password_once(scene):
    code = scene.code()
    assert isinstance(scene.reset(code, NEW), dict)
    assert scene.reset(code, f"{NEW}又一年") == "code.wrong"
    assert scene.sign_in(NEW, login=PHONE)["person_id"] == "w"


def test_of_a_code_used_twice_at_once_one_password_comes(scene):
    code = scene.code()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda n: scene.reset(code, f"{NEW}{n}"), range(2)))
    assert sorted(isinstance(one, dict) for one in answers) == [False, True]
    assert scene.reload().credentials == 1


@pytest.mark.parametrize("purpose", ["sign_in", "visit"])
def test_a_code_that_was_asked_for_otherwise_replaces_no_password(scene, purpose):
    assert scene.reset(scene.code(purpose=purpose), NEW) == "code.wrong"
    assert scene.sign_in(login=PHONE)["person_id"] == "w"


def test_neither_the_phone_alone_nor_the_paper_alone_is_enough_and_tries_are_few(scene):
    code = scene.code()
    other = f"{(int(scene.keys.of_code(code)) + 1) % 1_000_000:06d}"
    assert scene.reset(code, NEW, ending="0000") == "code.wrong"
    assert [scene.reset(code, NEW, digits=other) for _ in range(TRIES)] == ["code.wrong"] * TRIES
    assert scene.reset(code, NEW) == "code.wrong"
    assert scene.sign_in(login=PHONE)["person_id"] == "w"


def test_who_found_the_phone_tries_few_ends_of_the_paper_whatever_for(scene):
    scene.tokens.read_device = lambda token, owner: None
    tried = []
    for number in range(8):
        scene.requests.documents.delete_many({})
        tried.append(scene.reset(scene.code(), NEW, ending=f"{9000 + number}"))
    assert counted(tried) == [("code.wrong", 6), ("session.too_many_endings", 2)]
    assert scene.reload().credentials == 0


def test_a_bad_password_uses_no_try_up_and_the_code_stays_good(scene):
    code = scene.code()
    for _ in range(TRIES + 1):
        assert scene.reset(code, "1234567890") == "session.password_too_common"
    assert scene.reset(code, f"{PHONE}123") == "session.password_follows_from_login"
    assert scene.reset(code, NEW)["person_id"] == "w"


def test_nobody_learns_whether_a_phone_is_known(scene):
    known, unknown = scene.code(), scene.code(UNKNOWN)
    assert len(known) == len(unknown) and [whose for _, whose in scene.texting.sent] == ["w", ""]
    assert scene.reset(unknown, NEW) == scene.reset(known, NEW, digits="999999") == "code.wrong"
    assert scene.reset(unknown, "1234567890") == scene.reset(known, "1234567890")
    first, second = (scene.codes.documents.find_one({"_id": id}) for id in (known, unknown))
    # whom it goes to is sealed where there is somebody
    assert first.keys() - {"sealed", "phone"} == second.keys() - {"sealed", "phone"}


def test_who_is_no_more_resets_nothing(scene):
    code = scene.code()
    scene.residents.documents.update_one({"_id": "w"}, {"$set": {"state": "deactivated"}})
    assert scene.reset(code, NEW) == "code.wrong"
    assert scene.reload().password_hash == scene.passwords.hash(PASSWORD)


def test_a_password_that_changes_while_somebody_signs_in_with_the_old_one_gives_no_session(scene):
    find = scene.people.find

    def changed_first(id):
        scene.people.find = find
        scene.people.choose_password(find(id), "hash of another", scene.call())
        return find(id)

    scene.people.find = changed_first
    assert scene.try_to(scene.sign_in, login=PHONE) == WRONG
    assert states(scene) == []


def test_an_erased_entry_keeps_no_password(scene):
    scene.change_password(scene.sign_in(login=PHONE), NEW)
    one = scene.reload()
    one.erase()
    assert (one.password_hash, one.credentials) == ("", 0)
