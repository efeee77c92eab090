"""Who came to an address that is not for them reads where to go: what is missing, and no path of a program."""

import pytest

from gateway.routing import KINDS
from gateway.signposts import not_for
from services.civic.actor import CivicActor


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("choose_password", "还没有设置自己密码的工作人员账号。请先把一次性密码换成自己的密码。"),
        ("enrol_second_factor", "还没有登记第二因素的工作人员账号。请先登记第二因素（验证器）。"),
    ],
)
def test_an_official_who_must_do_something_first_reads_which_of_the_two_it_is(step, told):
    entrant = CivicActor.from_wire({"id": "o", "kind": "entrant", "next_step": step})
    assert not_for(entrant, frozenset({"official"})).message == f"这项功能面向工作人员，您登录的是{told}"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_account_is_told_a_path(kind):
    assert "/" not in not_for(CivicActor("x", kind), KINDS).message
