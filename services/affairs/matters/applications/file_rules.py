"""The rules of files that are handed in for the materials of an application; each is our own choice, the law names none of files."""

from datetime import datetime, timedelta

from services.affairs.matters.applications.rules import STANDS
from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected
from services.civic.files.model import ORIGINAL

COME = ("submitted", "materials_missing", "supplemented")
"""States in which materials may still come: nobody has taken the application up, by which they are found complete (行政许可法 art. 32(5))."""

MOST_OF_A_MATERIAL = 10
"""A household book has a cover, a head's page and a page for each member: the largest that villages know of has eight."""

MOST_OF_AN_APPLICATION = 40
"""What a clerk looks through in one go; between two notices, as what is told to be blurred has to be sent again."""


KEPT_AFTER_THE_END = timedelta(days=184)
"""Six months in which a court may be asked (行政诉讼法 2017 art. 46), the longest of them; the objection's sixty days lie within."""


def materials_come_until_the_office_takes_it_up(state: str) -> None:
    """What is decided on stays what was looked at when it was taken up; what is closed needs nothing."""
    if state not in COME:
        raise Conflict(
            "application.takes_no_files",
            f"这件申请{STANDS[state]}，不能再交或删去材料；有疑问请联系承办单位。",
            state=state,
        )


def only_what_the_matter_asks_for_is_handed_in(required: list[str], number: int) -> str:
    """A file is for one of the published materials, by its number in that list: gives the material's name."""
    if not 0 < number <= len(required):
        raise NotFound("application.no_such_material", "这件申请的材料清单里没有这一项，请刷新后再选。")
    return required[number - 1]


def a_material_takes_so_many_files(count: int) -> None:
    """Who needs more has chosen the wrong material, or sends one page again and again."""
    if count >= MOST_OF_A_MATERIAL:
        raise Rejected(
            "application.material_full",
            f"每份材料最多 {MOST_OF_A_MATERIAL} 个文件，请先删去一个再加。",
            most=MOST_OF_A_MATERIAL,
        )


def an_application_takes_so_many_files(count: int) -> None:
    """However many materials a matter has."""
    if count >= MOST_OF_AN_APPLICATION:
        raise Rejected(
            "application.files_full",
            f"每件申请最多 {MOST_OF_AN_APPLICATION} 个文件，请先删去一个再加。",
            most=MOST_OF_AN_APPLICATION,
        )


def a_file_is_kept_until(
    file_id: str, closed_at: datetime | None, outcome: str | None, years: int, verified: list[dict]
) -> datetime | None:
    """Give the end of a file, None where it stays as long as its application (个人信息保护法 art. 19, 47(1): no longer than needed).

    What was not taken up is over once nobody can have that reviewed any more. What was decided on is over after the years that
    the matter named when the application came (0: it named none); a paper that a window verified, which its holder may use again, not before that ends.
    """
    if closed_at is None:
        return None
    if outcome is None:
        return closed_at + KEPT_AFTER_THE_END
    if not years:
        return None
    used_again = [one["valid_until"] for one in verified if file_id in one["files"]]
    return max([years_after(closed_at, years), *used_again])


def years_after(moment: datetime, years: int) -> datetime:
    """The same day so many years later; of the 29th of February the 28th."""
    day = min(moment.day, 28) if moment.month == 2 else moment.day
    return moment.replace(year=moment.year + years, day=day)


def the_longest_term_counts(ends: list[datetime | None], now: datetime) -> bool | datetime:
    """A file of several applications stays as long as the last of them needs it: gives True for as long as that stays, else until when, False where all are over."""
    if None in ends:
        return True
    latest = max((one for one in ends if one), default=now)
    return latest if latest > now else False


def what_is_over_is_shown_to_nobody(until: datetime | None, now: datetime) -> None:
    """From its end on, whether or not the clock has come by."""
    if until is not None and now >= until:
        raise NotFound(
            "application.file_over", "这个文件保存到期，已经删除；还要用的，请再交一次，或者问承办单位。"
        )


GROUNDS = ("signature", "lacking", "court")
"""For what an office has an original opened: its electronic signature is checked (电子签名法 2019 art. 13), the cleaned one lacks something, or a
court or whoever reviews the decision asks for it (行政诉讼法 art. 34: the office proves what it decided on)."""

PROOF_LASTS = timedelta(hours=1)
"""How long an original stays open to whoever gave the reason: our choice, the time of one piece of work."""

MOST_OPENINGS = 50
"""Of one application's originals: our choice, so that its document has an end."""


def the_original_is_for_who_sent_it_and_for_proof(variant: str, official: bool, opened: bool) -> None:
    """A PDF as it was sent may do more than be read: the desk sees it for proof alone, with a reason that stands beside it (`opened`)."""
    if official and variant == ORIGINAL and not opened:
        raise Forbidden(
            "application.original_sealed",
            "原来的 PDF 密封保存，请看整理好的 PDF；确需原件举证的，请先写明理由再打开。",
        )


def only_a_pdf_has_an_original(pages: int) -> None:
    """Of a photo nothing else is kept than what is shown."""
    if not pages:
        raise Rejected("application.no_original", "照片没有另存原件，请直接看照片。")


def originals_are_opened_so_many_times(count: int) -> None:
    """Who needs more keeps what was opened with the file of the case."""
    if count >= MOST_OPENINGS:
        raise Rejected(
            "application.too_many_openings",
            f"这件申请的原件已打开 {MOST_OPENINGS} 次，请用先前存下的原件。",
            most=MOST_OPENINGS,
        )


def what_the_office_has_looked_at_stays(looked_at: bool, before_the_notice: bool) -> None:
    """What somebody has based a notice or a decision on is not taken away from under it; another one may come beside it."""
    if looked_at or before_the_notice:
        raise Conflict(
            "application.file_looked_at",
            "工作人员已经看过这个文件，不能删去；要换的话，请再交一个清楚的。",
        )
