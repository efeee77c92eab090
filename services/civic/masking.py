"""Names and phones as lists show them: enough to recognise a person whom the reader knows already."""


def mask_name(name: str) -> str:
    """Hide all but the first and last character; of two characters the last is hidden: 王*英, 王*."""
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """Hide the middle of a phone: 138****0013."""
    return f"{phone[:3]}****{phone[-4:]}"
