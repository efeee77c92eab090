"""Receipts are derived and lead nowhere without the key."""

from functools import partial

from services.chassis.core.secrets import keyed_hash
from services.integrity.reports.receipts.model import receipt_for, stored_form, untraceable

OURS, ANOTHER = partial(keyed_hash, b"k" * 32), partial(keyed_hash, b"z" * 32)


def test_a_receipt_has_sixteen_digits_and_comes_again_from_the_same_submission():
    receipts = [receipt_for(OURS, f"key-{n}") for n in range(500)]
    assert all(len(receipt) == 16 and receipt.isdigit() for receipt in receipts)
    assert len(set(receipts)) == 500
    assert receipts[7] == receipt_for(OURS, "key-7")


def test_without_the_platforms_key_the_receipt_and_its_stored_form_cannot_be_computed():
    receipt = receipt_for(OURS, "key")
    assert receipt_for(ANOTHER, "key") != receipt
    assert stored_form(ANOTHER, receipt) != stored_form(OURS, receipt)
    assert untraceable(ANOTHER, "key", "print") != untraceable(OURS, "key", "print")


def test_a_stored_form_serves_one_purpose_only():
    forms = {OURS("receipt", "x"), stored_form(OURS, "x"), *untraceable(OURS, "x", "x")}
    assert len(forms) == 4


def test_a_receipt_written_with_spaces_dashes_or_full_width_digits_is_recognised():
    plain = stored_form(OURS, "1234567890123456")
    for written in ("1234 5678 9012 3456", "1234-5678-9012-3456", "１２３４５６７８９０１２３４５６"):
        assert stored_form(OURS, written) == plain
    assert stored_form(OURS, "1234567890123457") != plain
