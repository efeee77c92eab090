"""Steps that several tutorials have."""

import uuid

import pyotp

from deploy.local.story.identity import COUNTY
from services.identity.officials.staff.appoint import appoint
from tests.e2e.web.reader import Reader
from tests.e2e.web.tutorials.lesson import Lesson
from tests.photos import photo

FILE = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg"}


def until(reader: Reader, platform, words: str) -> None:
    """Look again and again until it is there: events take a moment."""

    def there() -> bool:
        reader.open(reader.path)
        return words in reader.text

    platform.wait_for(there, 60)


def of_the_reader(reader: Reader) -> str:
    """Give the application whose page is open."""
    return reader.path.split("/")[-1].partition("?")[0]


def hands_in(lesson: Lesson) -> None:
    """Choose a photo, send it, and read that it came."""
    lesson.reader.page.get_by_label(lesson.next("label")).set_input_files({**FILE, "buffer": photo()})
    lesson.press()
    lesson.sees()


def enters_with_a_second_factor(lesson: Lesson, platform) -> None:
    """The county's administrator comes for the first time."""
    login = f"chief-{uuid.uuid4().hex[:8]}"
    once = appoint(platform.settings, login, "county_administrator", COUNTY)["password"]
    lesson.reader.open("/first-password")
    lesson.fill(login)
    lesson.fill(once)
    lesson.fill()
    lesson.press()
    lesson.press()
    secret = lesson.reader.page.locator("p.secret").inner_text().replace(" ", "")
    lesson.fill(pyotp.TOTP(secret).now())
    lesson.press()
    lesson.sees()
    lesson.follow()
