"""Names, phones and numbers of papers as lists show them: enough to recognise a person whom the reader knows already."""

ASKED_AT_THE_END = 4
"""Characters at the end of a paper's number that a sign-in by code asks for: what is asked for is shown to nobody."""


def mask_name(name: str) -> str:
    """Hide all but the first and last character; of two characters the last is hidden: 王*英, 王*."""
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """Hide the middle of a phone: 138****0013."""
    return f"{phone[:3]}****{phone[-4:]}"


def mask_id_number(number: str) -> str:
    """Hide all but the prefecture: 5101**************; of a number that has no 18 characters all but the first one.

    The end is hidden because it opens an account to whoever holds the phone. Of a number that is masked already, as releases
    before 0.2.0 stored it with its end, the same is hidden.
    """
    shown = 4 if len(number) == 18 else 1
    return number[:shown] + "*" * (len(number) - shown)
