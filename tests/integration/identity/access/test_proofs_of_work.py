"""Strangers lock nobody out, on a new device neither: a little work lets the right password through, and each guess costs as much."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from services.chassis.core.errors import TooMany
from services.identity.access.sessions.proofs_of_work import LIFETIME, ProofsOfWork, is_solved
from services.identity.access.sessions.usecases import SIGN_IN
from tests.integration.identity.session_scene import ELSEWHERE, Scene, counted, solved

WRONG, WAIT = "session.wrong_credentials", "session.too_many_attempts"


@pytest.fixture
def scene(database):
    return Scene(database)


def attacked(scene, login="wang") -> None:
    """Let strangers in ninety networks guess, and again as soon as they may, until the pause is as long as it gets."""
    assert scene.guess(90, networks=True, login=login)[-1] == WAIT
    for number in range(7):
        scene.wait(minutes=1)
        assert scene.guess(login=login, address=f"172.30.{number}.1") == [WRONG]
    assert scene.try_to(scene.sign_in, login=login) == WAIT


def test_ninety_wrong_from_ninety_networks_and_the_right_password_gets_in_from_a_new_device(scene):
    attacked(scene)
    for number in range(5):
        proof = scene.pay(address=f"10.{number}.0.1")
        assert scene.sign_in(address=f"10.{number}.0.1", proof=proof)["person_id"] == "w"
        assert scene.try_to(scene.sign_in) == WAIT


def test_while_strangers_guess_on_and_pay_the_right_password_gets_in_as_well(scene):
    attacked(scene)
    for _ in range(20):
        guess, hers = scene.pay(address=ELSEWHERE), scene.pay()
        assert scene.guess(proof=guess, address=ELSEWHERE) == [WRONG]
        assert scene.sign_in(proof=hers)["person_id"] == "w"


def test_a_neighbour_who_guesses_in_her_network_does_not_lock_her_out(scene):
    for number in range(70):
        scene.guess(login=f"person-{number}")
    scene.guess(20)
    assert scene.try_to(scene.sign_in) == WAIT
    assert scene.sign_in(proof=scene.pay())["person_id"] == "w"


def test_each_guess_costs_a_proof_of_its_own(scene):
    attacked(scene)
    proof = scene.pay()
    assert counted(scene.guess(10, proof=proof)) == [(WRONG, 1), (WAIT, 9)]
    assert scene.try_to(scene.sign_in, proof=proof) == WAIT


def test_of_twenty_guesses_at_once_with_one_proof_one_is_answered(scene):
    attacked(scene)
    proof = scene.pay()
    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(lambda _: scene.guess(proof=proof)[0], range(20)))
    assert sorted(codes) == [WAIT] * 19 + [WRONG]


def test_what_was_guessed_for_work_keeps_others_waiting_for_theirs(scene):
    attacked(scene)
    scene.wait(seconds=59)
    assert scene.guess(proof=scene.pay()) == [WRONG]
    scene.wait(seconds=2)
    assert scene.try_to(scene.sign_in) == WAIT


@pytest.mark.parametrize(
    "made",
    [
        "for another account",
        "for something else",
        "too late",
        "unsolved",
        "easier",
        "by another key",
        "nonsense",
    ],
)
def test_a_proof_that_is_not_good_for_this_counts_for_nothing(scene, made):
    attacked(scene)
    challenge = scene.proofs.challenge(SIGN_IN, "wang", scene.now)
    easier = f"1.{challenge['challenge'].partition('.')[2]}"
    others = ProofsOfWork(scene.attempts.documents.database, b"o" * 32, 1).challenge(
        SIGN_IN, "wang", scene.now
    )
    unsolved = (f"{challenge['challenge']}:{n}" for n in range(99))
    proof = {
        "for another account": solved(scene.proofs.challenge(SIGN_IN, "li", scene.now)),
        "for something else": solved(scene.proofs.challenge("ask for a code", "wang", scene.now)),
        "too late": solved(challenge),
        "unsolved": next(one for one in unsolved if not is_solved(one, challenge["bits"])),
        "easier": solved({"challenge": easier, "bits": 1}),
        "by another key": solved(others),
        "nonsense": "\n:".join(challenge["challenge"].split(".")),
    }[made]
    if made == "too late":
        scene.wait(seconds=LIFETIME.total_seconds())
        scene.guess(address="172.31.0.1")
    assert scene.try_to(scene.sign_in, proof=proof) == WAIT
    assert scene.sign_in(proof=scene.pay())["person_id"] == "w"


def test_a_login_that_holds_a_challenge_of_its_own_gets_no_easier_one_for_another(scene):
    attacked(scene)
    head = f"1.{int(scene.now.timestamp()) + 99}.{'0' * 32}"
    own = scene.proofs.challenge(SIGN_IN, f"wang\n{head}", scene.now)["challenge"]
    assert scene.try_to(scene.sign_in, proof=solved({"challenge": f"{head}\n{own}", "bits": 1})) == WAIT
    assert scene.try_to(scene.sign_in, proof=solved({"challenge": own, "bits": 4})) == WAIT


def test_nobody_reads_out_of_a_challenge_what_it_is_for_and_unknown_accounts_get_the_same(scene, database):
    attacked(scene, "nobody")
    attacked(scene)
    scene.guess(login="nobody", address="172.31.0.1")

    def told(login):
        with pytest.raises(TooMany) as refused:
            scene.sign_in(login=login)
        return refused.value.detail["proof_of_work"]

    known, unknown = told("wang"), told("nobody")
    assert known.keys() == unknown.keys() == {"challenge", "algorithm", "bits", "expires_at"}
    assert known["challenge"].split(".")[:2] == unknown["challenge"].split(".")[:2]
    assert "wang" not in str(known)
    scene.sign_in(proof=solved(known))
    assert scene.try_to(scene.sign_in, login="nobody", proof=solved(unknown)) == WRONG
    assert database["spent_proofs"].index_information()["forget"]["expireAfterSeconds"] == 0
    kept = list(database["spent_proofs"].find())
    assert len(kept) == 2 and "wang" not in str(kept) and known["challenge"] not in str(kept)


def test_work_buys_nobody_a_guess_at_a_second_factor(scene):
    scene.people["wang"] = replace(scene.people["wang"], factor=1)
    scene.people.use_code = lambda person, code, call: False
    attacked(scene)
    codes = [scene.try_to(scene.sign_in, code="123456", proof=scene.pay()) for _ in range(9)]
    assert counted(codes) == [("session.wrong_code", 6), (WAIT, 3)]
