"""The form of a draft changed question by question on a real MongoDB: twice, at once, and by who saw another one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.affairs.matters.catalogue import contract, drafting, form_editing, form_shapes
from services.affairs.matters.catalogue.rpc import only_editors
from services.chassis.core.errors import AlreadyAnswered, Conflict, Forbidden, Rejected, VersionConflict
from services.civic.forms.model import form_of
from tests.integration.affairs.conftest import MONDAY
from tests.unit.affairs.matter_forms import allowance

ANSWER = contract.Matter()
SHAPES = {
    "write_question": form_shapes.WriteQuestion,
    "write_form_page": form_shapes.WriteFormPage,
    "arrange_form": form_shapes.ArrangeForm,
}
WAY = {"kind": "one", "title": "怎么领", "choices": ["社保卡", "现金"], "required": True}


@pytest.fixture
def editor(affairs):
    """Who changes the form of a matter's draft."""

    class Editor:
        writer = affairs.official("clerk", "510183")
        other = affairs.official("county_administrator", "510183")

        def do(self, step, actor=None, key="", **asked):
            actor = actor or self.writer
            loaded = SHAPES[step]().load({"matter_id": "m2", **asked})
            call = affairs.call(actor, key, MONDAY, ANSWER.dump, **loaded)
            return getattr(form_editing, step)(affairs.matters, only_editors(actor), call)

        @property
        def matter(self):
            return affairs.matters.get("m2")

        @property
        def form(self):
            document = self.matter.would_be().form
            return form_of(document) if document else None

        def titles(self):
            return [(page.title, [one.title for one in page.questions]) for page in self.form.pages]

        def page(self, number=0):
            return self.form.pages[number].key

        def question(self, title):
            return next(one.key for _, one in self.form.questions() if one.title == title)

    return Editor()


def test_a_form_is_written_question_by_question_into_the_draft_and_nothing_of_it_is_in_force(editor):
    editor.do("write_question", page_title="领取", **WAY)
    editor.do("write_question", page=editor.page(), kind="whole", title="几口人", least=1, most=20)
    assert editor.titles() == [("领取", ["怎么领", "几口人"])]
    way, people = (one for _, one in editor.form.questions())
    assert (way.required, way.choices) == (True, ("社保卡", "现金"))
    assert (people.least, people.most) == (1, 20)
    assert editor.matter.form is None
    assert editor.matter.draft.state == "drafting" and editor.matter.draft.authors == [editor.writer.id]


def test_what_decides_moves_to_the_end_before_something_hangs_on_it(editor):
    editor.do("write_question", page_title="领取", **WAY)
    editor.do("write_question", page=editor.page(), kind="whole", title="几口人", least=1, most=20)
    hangs = {"kind": "text", "title": "为什么", "when": [f"{editor.question('怎么领')}=现金"]}
    with pytest.raises(Rejected) as told:
        editor.do("write_question", page_title="现金", **hangs)
    assert told.value.code == "form.condition_unknown"
    assert told.value.detail["fields"] == {"when": [told.value.message]}
    editor.do("arrange_form", part="question", of=editor.question("怎么领"), move="down")
    editor.do("write_question", page_title="现金", **hangs)
    assert editor.titles() == [("领取", ["几口人", "怎么领"]), ("现金", ["为什么"])]
    editor.do("write_question", page=editor.page(), kind="date", title="从哪天起")
    assert editor.titles()[0] == ("领取", ["几口人", "从哪天起", "怎么领"])
    with pytest.raises(Rejected) as told:
        editor.do(
            "write_question", question=editor.question("怎么领"), **{**WAY, "choices": ["社保卡", "存折"]}
        )
    assert told.value.detail["fields"] == {"choices": [told.value.message]}
    with pytest.raises(Rejected) as told:
        editor.do("arrange_form", part="question", of=editor.question("怎么领"), move="out")
    assert told.value.code == "form.decides"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "one", "title": "哪个", "choices": ["甲"]}, "choices"),
        ({"kind": "some", "title": "哪些", "choices": ["甲", "甲"]}, "choices"),
        ({"kind": "text", "title": "姓名", "longest": 500}, "longest"),
        ({"kind": "whole", "title": "几口", "least": 9, "most": 2}, "most"),
        ({"kind": "fen", "title": "多少", "least_fen": 900, "most_fen": 200}, "most_fen"),
        ({"kind": "text", "title": "为何", "when": ["a=是", "b=否"]}, "when"),
        ({"kind": "text", "title": "为何", "when": ["gone=是"]}, "when"),
        ({"kind": "text", "title": "为何", "when": ["不是代号"]}, "when"),
        ({"kind": "text", "title": "姓名", "page_title": ""}, "page_title"),
    ],
)
def test_what_a_rule_refuses_stands_at_its_field_and_nothing_is_written(editor, asked, field):
    with pytest.raises(Rejected) as told:
        editor.do("write_question", **{"page_title": "一页", **asked})
    assert list(told.value.detail["fields"]) == [field]
    assert editor.matter.draft is None


def test_a_page_becomes_a_group_unless_something_in_it_is_asked_by_an_answer(editor):
    editor.do("write_question", page_title="家庭成员", kind="person", title="成员")
    editor.do("write_form_page", page=editor.page(), title="家庭成员", most_rows=8, least_rows=1)
    assert (editor.form.pages[0].least, editor.form.pages[0].most) == (1, 8)
    with pytest.raises(Rejected) as told:
        editor.do("write_question", page=editor.page(), kind="text", title="姓名", from_account=True)
    assert told.value.detail["fields"] == {"from_account": [told.value.message]}
    with pytest.raises(Rejected) as told:
        editor.do("write_form_page", page=editor.page(), title="家庭成员", most_rows=2, least_rows=3)
    assert list(told.value.detail["fields"]) == ["least_rows"]
    editor.do("write_form_page", page=editor.page(), title="成员", hint="照户口簿填")
    assert (editor.form.pages[0].title, editor.form.pages[0].hint, editor.form.pages[0].most) == (
        "成员",
        "照户口簿填",
        0,
    )


def test_the_account_fills_only_what_it_knows(editor):
    editor.do("write_question", page_title="申请人", kind="text", title="姓名", from_account=True)
    editor.do("write_question", page=editor.page(), kind="date", title="生日", from_account=True)
    assert [one.fact for _, one in editor.form.questions()] == ["name", None]


def test_what_is_in_force_is_begun_with_and_goes_on_until_the_draft_is_published(editor, affairs):
    matter = editor.matter
    matter.form, matter.with_form = allowance(), True
    affairs.matters.save(matter, [], affairs.call(editor.writer))
    editor.do("arrange_form", part="page", of="household", move="out")
    assert len(editor.form.pages) == len(allowance()["properties"]) - 1
    assert editor.matter.form == allowance()


def test_with_its_last_question_the_form_is_none(editor):
    editor.do("write_question", page_title="一页", kind="date", title="哪天")
    editor.do("arrange_form", part="question", of=editor.question("哪天"), move="out")
    assert editor.form is None and editor.matter.draft.changes == {"form": None}


def test_the_same_step_twice_is_done_once(editor):
    editor.do("write_question", page_title="一页", kind="date", title="甲")
    for title in ("乙", "丙"):
        editor.do("write_question", page=editor.page(), kind="date", title=title)
    moved = {"part": "question", "of": editor.question("甲"), "move": "down"}
    for _ in range(2):
        try:
            editor.do("arrange_form", key="one", **moved)
        except AlreadyAnswered:
            continue
    assert editor.titles() == [("一页", ["乙", "甲", "丙"])]
    for _ in range(2):
        try:
            editor.do("write_question", key="two", page=editor.page(), kind="date", title="丁")
        except AlreadyAnswered:
            continue
    assert editor.titles() == [("一页", ["乙", "甲", "丙", "丁"])]


def test_who_saw_another_draft_overwrites_nothing(editor, affairs):
    seen = editor.do("write_question", page_title="一页", kind="date", title="甲").version
    first = editor.question("甲")
    editor.do(
        "write_question", editor.other, question=first, kind="date", title="出生日期", seen_version=seen
    )
    with pytest.raises(Conflict) as told:
        editor.do("write_question", question=first, kind="date", title="生日", seen_version=seen)
    assert told.value.code == "matter.changed_since_seen"
    asked = {"promise_days": 5, "note": "", "seen_version": seen, "matter_id": "m2"}
    with pytest.raises(Conflict):
        drafting.write(affairs.matters, only_editors(editor.writer), affairs.call(editor.writer, **asked))
    assert editor.titles() == [("一页", ["出生日期"])]


def test_two_at_once_lose_nothing(editor, affairs):
    editor.do("write_question", page_title="一页", kind="date", title="甲")
    barrier, page = Barrier(2), editor.page()

    def write(title):
        barrier.wait()
        while True:
            try:
                return editor.do("write_question", page=page, kind="date", title=title)
            except VersionConflict:
                continue

    with ThreadPoolExecutor(2) as both:
        list(both.map(write, ("乙", "丙")))
    assert sorted(editor.titles()[0][1]) == sorted(["甲", "乙", "丙"])


def test_another_office_changes_nothing(editor, affairs):
    elsewhere = affairs.official("clerk", "510184")
    with pytest.raises(Forbidden):
        editor.do("write_question", elsewhere, page_title="一页", kind="date", title="甲")
    assert editor.matter.draft is None
