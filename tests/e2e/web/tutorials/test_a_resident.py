"""A resident gets an allowance by phone, as the tutorial says; and tutorials on pages are short."""

import pytest

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.offices import OFFICE
from tests.e2e.web.tutorials.following import hands_in, of_the_reader, until
from tests.e2e.web.tutorials.lesson import FOLDER, Lesson, marks_of

ON_PAGES = ("an-allowance-by-phone.md", "a-clerks-morning.md", "a-first-matter.md")
MOST_LINES = 120


@pytest.mark.parametrize("name", ON_PAGES)
def test_a_tutorial_is_short_and_says_something_at_each_step(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert {kind for kind, _ in marks_of(text)} == {"label", "said", "typed"}


def test_a_resident_gets_an_allowance_by_phone(window, platform, staff, in_office):
    lesson, phone = Lesson("an-allowance-by-phone.md"), window()
    lesson.by(phone)
    phone.open("/")
    lesson.follow()
    lesson.finds()
    lesson.sees(3)

    lesson.follow()
    for _ in range(3):
        lesson.fill()
    lesson.press()
    lesson.fill()
    lesson.press()
    lesson.choose()
    lesson.press()
    lesson.sees()
    lesson.fill()
    lesson.press()
    lesson.sees(2)

    lesson.by(window(viewport=OFFICE))
    lesson.signs_in(*in_office("village_administrator", VILLAGE))
    lesson.follow()
    lesson.choose()
    lesson.fill()
    lesson.choose()
    lesson.fill()
    lesson.press()
    lesson.follow()
    her = of_the_reader(lesson.reader)
    lesson.fill()
    lesson.press()
    lesson.sees()
    people = platform.database("affairs").people
    platform.wait_for(lambda: (people.find_one({"_id": her}) or {}).get("certified"))

    lesson.by(phone)
    lesson.follow(2)
    lesson.finds()
    lesson.follow()
    lesson.choose()
    lesson.press()
    lesson.sees()
    lesson.press()
    lesson.sees(2)
    one = f"/applications/{of_the_reader(phone)}"

    hands_in(lesson)
    lesson.press()
    lesson.press()
    lesson.sees()
    hands_in(lesson)

    required = staff["clerk"].get(one)["required"]
    staff["clerk"].post(f"{one}/notice", {"materials": [{"name": each} for each in required[1:]]})
    lesson.follow()
    lesson.sees()
    lesson.follow()
    lesson.sees(2)
    lesson.choose(3)
    lesson.press()
    lesson.sees()

    staff["clerk"].post(f"{one}/acceptance")
    staff["clerk"].post(f"{one}/decision", {"outcome": "granted"})
    lesson.follow(2)
    until(phone, platform, "已办结")
    lesson.sees()
    lesson.follow(2)
    lesson.sees(2)
    lesson.choose()
    lesson.press()
    lesson.sees()
    lesson.is_over()
