"""A password is long, new, and not what somebody would try first."""

import pytest

from services.chassis.core.errors import Rejected
from services.identity.access.sessions.passwords import a_password_is_good

OLD = "what was sent on paper"


def refusal(new, login="wang.clerk"):
    with pytest.raises(Rejected) as refused:
        a_password_is_good(new, OLD, login)
    return refused.value.code


@pytest.mark.parametrize(
    "good", ["Long enough for an official", "乡治 story password", "猕猴桃熟了我们上山去", "tF7#kQ2!xLp0"]
)
def test_a_sentence_of_ones_own_or_what_a_safe_makes_up_is_good(good):
    a_password_is_good(good, OLD, "wang.clerk")


def test_the_old_password_is_no_new_one():
    assert refusal(OLD) == "session.password_not_new"


@pytest.mark.parametrize("near", ["wang.clerk", "Wang.Clerk1", "2026wang.clerk!"])
def test_the_accounts_name_is_no_password(near):
    assert refusal(near) == "session.password_follows_from_login"


@pytest.mark.parametrize(
    "common",
    [
        "1234567890",
        "0123456789",
        "9876543210",
        "abcdefghij",
        "aaaaaaaaaa",
        "1212121212",
        "password123",
        "Passw0rd2026",
        "qwertyuiop",
        "woaini1314520",
        "admin123456",
        "xiangzhi2026",
        "1qaz2wsx3edc",
        "7890123456",
    ],
)
def test_what_everybody_tries_first_is_refused(common):
    assert refusal(common) == "session.password_too_common"


def test_a_long_password_may_hold_the_accounts_name_or_a_common_word():
    a_password_is_good("wang.clerk goes up the hill", OLD, "wang.clerk")
    a_password_is_good("the admin of our seven hills", OLD, "wang.clerk")


@pytest.mark.parametrize("own", ["510183195803120022", "51018319580312002２", "wx510183195803120022!"])
def test_a_number_of_an_id_card_is_no_password_at_any_door(own):
    assert refusal(own) == "session.password_follows_from_login"


def test_eighteen_digits_that_are_nobodys_number_are_a_password():
    a_password_is_good("510183195803120023", OLD, "wang.clerk")


def test_the_number_of_the_own_passport_is_no_password_where_it_is_known():
    with pytest.raises(Rejected, match="证件号码"):
        a_password_is_good("c12345678x", "", "C12345678")


def test_what_is_common_is_so_in_full_width_too():
    assert refusal("ｐａｓｓｗｏｒｄ１２３") == "session.password_too_common"
