"""Made-up people: whoever reads such a name, number or phone sees that it was made up, and every rule takes it."""

from datetime import date, timedelta

from services.civic.id_numbers import check_digit

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
FIRST_BIRTH, DAYS = date(1936, 1, 1), 27_000
PASSWORD = "乡治 benchmark password"


def name_of(number: int) -> str:
    """Give a name that nobody has: 测 with a year of the sexagenary cycle."""
    return f"测{STEMS[number % 10]}{BRANCHES[number // 10 % 12]}"


def id_number_of(number: int) -> str:
    """Give an ID number of Qionglai with a real date and the right check digit, another for each of 27 million."""
    born = FIRST_BIRTH + timedelta(days=number % DAYS)
    digits = f"510183{born:%Y%m%d}{number // DAYS:03d}"
    return digits + check_digit(digits)


def phone_of(number: int) -> str:
    """Give a phone, another for each number."""
    return f"19{number:09d}"


def registration_of(number: int, village: str) -> dict:
    """Give what a person enters to register."""
    return {
        "name": name_of(number),
        "paper": "id_card",
        "id_number": id_number_of(number),
        "country": None,
        "phone": phone_of(number),
        "password": PASSWORD,
        "village": village,
        "notice_version": 2,
    }
