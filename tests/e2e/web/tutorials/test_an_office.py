"""An office publishes its first matter, as the tutorial says."""

import io

from openpyxl import load_workbook

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import OFFICE
from tests.e2e.web.tutorials.following import until
from tests.e2e.web.tutorials.lesson import Lesson


def goes_to_the_matter(lesson: Lesson) -> None:
    """From the first page of work to the matter, by its name."""
    lesson.follow(2)
    lesson.finds()


def test_an_office_publishes_its_first_matter(window, platform, staff, in_office):
    lesson, one, other = Lesson("a-first-matter.md"), window(viewport=OFFICE), window(viewport=OFFICE)
    lesson.by(one)
    lesson.signs_in(*in_office("clerk", COUNTY))
    lesson.follow()
    lesson.finds()
    lesson.sees(3)
    matter = one.path.split("/")[-1]
    lesson.follow()
    for _ in range(4):
        lesson.fill()
    lesson.press()
    lesson.sees(4)
    lesson.follow()
    lesson.press()
    lesson.sees()

    lesson.by(other)
    lesson.signs_in(*in_office("clerk", COUNTY))
    lesson.follow(2)
    lesson.sees()
    lesson.follow()
    lesson.sees()
    lesson.press()
    lesson.sees()
    platform.wait_for(lambda: staff["county"].get(f"/matters/{matter}")["number"] == 2)

    lesson.by(one)
    one.open("/work")
    lesson.follow()
    lesson.finds()
    lesson.sees()
    lesson.follow()
    lesson.sees(2)

    goes_to_the_matter(lesson)
    lesson.follow()
    lesson.fill()
    lesson.fill()
    lesson.press()
    lesson.follow()
    lesson.press()
    lesson.by(other).follow(4)
    for _ in range(3):
        lesson.fill()
    lesson.press()
    lesson.sees()
    lesson.by(one).follow(3)
    lesson.sees(2)
    lesson.follow(2)
    lesson.press()
    lesson.sees()

    one.open(f"/work/matters/{matter}")
    lesson.follow()
    lesson.fill()
    lesson.fill()
    lesson.press()
    lesson.sees()
    one.open(f"/work/matters/{matter}")
    platform.wait_for(lambda: staff["county"].get(f"/matters/{matter}")["withdrawn"])
    lesson.follow()
    lesson.sees(2)
    fills_in_the_spreadsheet(lesson, platform)
    lesson.is_over()


def fills_in_the_spreadsheet(lesson: Lesson, platform) -> None:
    """Take the catalogue home, change one promise, send it back, keep it as drafts."""
    reader = lesson.reader
    lesson.follow(3)
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("button", name=lesson.next("label"), exact=True).click()
    book = load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    sheet = book[lesson.next("said")]
    column = [each.value for each in sheet[1]].index(lesson.next("said")) + 1
    row = next(each for each in sheet.iter_rows(min_row=2) if "档案封存" in str([c.value for c in each]))
    sheet.cell(row[0].row, column, "3")
    made = io.BytesIO()
    book.save(made)
    given = {"name": "catalogue.xlsx", "mimeType": "application/octet-stream", "buffer": made.getvalue()}
    reader.page.get_by_label(lesson.next("label")).set_input_files(given)
    lesson.press()
    lesson.sees()
    checked = lesson.next("said")
    until(reader, platform, checked)
    lesson.sees()
    lesson.fill()
    lesson.press()
    kept = lesson.next("said")
    until(reader, platform, kept)
