"""A clerk has a morning, as the tutorial says."""

from datetime import UTC, datetime, timedelta

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import OFFICE
from tests.e2e.web.reader import Reader
from tests.e2e.web.tutorials.following import enters_with_a_second_factor
from tests.e2e.web.tutorials.lesson import Lesson

CARE = "创业补贴申请"


def applied_for(certified, text: str, most: int) -> dict:
    """Apply as the resident's tutorial does, for what asks no form, with so many of the papers."""
    found = certified.get("/matters", text=text, limit=50)["items"]
    matter = next(one for one in found if text in one["name"] and not (one["with_form"] or one["elsewhere"]))
    who = {"name": certified.entered["name"], "phone": certified.entered["phone"]}
    materials = [{"name": one["name"]} for one in matter["materials"]]
    asked = {**who, "matter_id": matter["id"], "materials": materials[:most]}
    return certified.post("/applications", asked, expect=201) | {"rest": materials[most:]}


def finds_her(lesson: Lesson, name: str) -> None:
    """Open the inbox, look for the applicant's name, and open the case."""
    lesson.follow()
    lesson.fill(name)
    lesson.next("typed")
    lesson.press()
    lesson.follow()


def test_a_clerk_has_a_morning(window, platform, certified, in_office):
    lesson = Lesson("a-clerks-morning.md")
    allowance, care = applied_for(certified, "高龄津贴", 1), applied_for(certified, CARE, 1)
    colleague = invites_a_colleague(lesson, window, platform)

    desk, name = window(viewport=OFFICE), certified.entered["name"]
    lesson.by(desk)
    lesson.signs_in(*in_office("clerk", COUNTY))
    lesson.follow()
    lesson.sees()
    lesson.fill(name)
    lesson.next("typed")
    lesson.press()
    lesson.follow()
    lesson.sees(2)
    lesson.press()
    lesson.sees()
    lesson.follow()
    lesson.fill()
    lesson.press()
    lesson.sees()
    certified.post(f"/applications/{allowance['id']}/supply", {"materials": allowance["rest"]})

    desk.open("/work")
    finds_her(lesson, name)
    lesson.sees()
    lesson.press()
    lesson.sees(2)
    lesson.follow()
    lesson.fill()
    lesson.press()
    lesson.sees()
    lesson.follow()
    lesson.choose()
    lesson.press()
    lesson.press()
    lesson.sees()
    assert certified.get(f"/applications/{allowance['id']}")["outcome"] == "granted"

    desk.open("/work")
    finds_her(lesson, name)
    hands_over(lesson, platform, colleague.login)
    takes_up_what_is_late(lesson, platform, colleague, care["id"])
    lesson.is_over()


class Colleague:
    """Who was invited: a browser, and the login that the tutorial's is made unlike others' with."""

    def __init__(self, reader: Reader, login: str):
        self.reader, self.login = reader, login


def invites_a_colleague(lesson: Lesson, window, platform) -> Colleague:
    """The administrator invites, the colleague comes."""
    lesson.by(window(viewport=OFFICE))
    enters_with_a_second_factor(lesson, platform)
    lesson.follow(2)
    lesson.fill()
    lesson.choose()
    lesson.press()
    lesson.sees()
    link = lesson.reader.page.locator("p.secret").inner_text()
    came = window(viewport=OFFICE)
    lesson.by(came)
    came.open("/invitation#" + link.partition("#")[2])
    lesson.press()
    label = lesson.next("label")
    login = lesson.next("typed")
    came.fill(label, login)
    lesson.fill()
    lesson.press()
    lesson.sees()
    accounts = platform.database("identity").officials
    id = platform.wait_for(lambda: accounts.find_one({"login": login}))["_id"]
    platform.wait_for(lambda: platform.database("affairs").clerks.find_one({"_id": id}), 60)
    return Colleague(came, id)


def hands_over(lesson: Lesson, platform, official: str) -> None:
    """Claim the other case and give it to the colleague."""
    lesson.press()
    lesson.sees()
    lesson.follow()
    lesson.reader.page.get_by_label(lesson.next("label")).select_option(official)
    lesson.fill()
    lesson.press()
    lesson.sees()


def takes_up_what_is_late(lesson: Lesson, platform, colleague: Colleague, case: str) -> None:
    """The colleague signs in and finds it; days later it is overdue, and can only be taken up."""
    lesson.by(colleague.reader)
    colleague.reader.open("/")
    lesson.follow()
    for _ in range(2):
        lesson.fill()
    lesson.press()
    lesson.follow(2)
    lesson.sees()
    late = datetime.now(UTC) - timedelta(days=3)
    of_it = {"$set": {"notice_by": late, "act_by": late}}
    platform.database("affairs").applications.update_one({"_id": case}, of_it)
    colleague.reader.open("/work/inbox")
    overdue = lesson.next("label")
    colleague.reader.follow(overdue)
    lesson.sees()
    lesson.follow()
    lesson.sees()
    lesson.press()
    lesson.sees()
