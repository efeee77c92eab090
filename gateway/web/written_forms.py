"""The form of a matter's draft as the pages of its editor show it: in words, with what may decide and what may be filled in."""

from collections.abc import Iterator, Mapping

from gateway.web.declarations import Read
from gateway.web.visit import PageVisit
from services.civic.forms.model import FormDefinition, FormPage, Question, When, form_of

READS = {
    "matter": Read("GET /matters/{matter_id}"),
    "draft": Read("GET /matters/{matter_id}/draft", optional=True),
    "in_force": Read("GET /matters/{matter_id}/form", optional=True),
}
FORM = "/work/matters/{matter_id}/form"
KINDS = {
    "text": ("一行字", "姓名、地址、单位名称"),
    "lines": ("几行字", "经过、理由、情况说明"),
    "whole": ("数字", "几口人、几亩地"),
    "fen": ("金额", "收入、费用，按元填"),
    "date": ("日期", "年、月、日"),
    "one": ("单选", "几个里选一个，可以按答案决定后面问什么"),
    "some": ("多选", "几个里选若干个"),
    "yes_no": ("是或否", "可以按答案决定后面问什么"),
    "phone": ("手机号", "11 位"),
    "id_number": ("身份证号", "18 位，核对最后一位"),
    "bank_card": ("银行卡号", "核对最后一位"),
    "place": ("区划代码", "县、镇、村的代码"),
    "person": ("一个人", "姓名，知道的再填身份证号、手机号"),
}
"""What a kind of question is called, and what it is for."""
FACTS = {"text": "姓名", "phone": "手机号", "id_number": "身份证号", "place": "所在的村"}
"""What of the account may fill a question of a kind."""
YES, NO = "是", "否"


def written(visit: PageVisit) -> FormDefinition | None:
    """Give the form of the draft, of the version in force where there is no draft; None where there is none, or it cannot be read now."""
    draft, in_force = visit.parts.get("draft"), visit.parts.get("in_force")
    shown = draft.value["draft"] if draft else in_force.value if in_force else {}
    return form_of(shown["form"]) if shown.get("form") else None


def away(visit: PageVisit) -> bool:
    """Tell whether the form cannot be read just now: then nothing of it is shown."""
    return any(visit.parts[name].passing for name in READS)


def told(form: FormDefinition) -> Iterator[tuple[FormPage, str, list[tuple[Question, str]]]]:
    """Give each page with what is said of it, and its questions with what is said of each."""
    for page in form.pages:
        yield page, of_a_page(form, page), [(one, of_a_question(form, one)) for one in page.questions]


def of_a_page(form: FormDefinition, page: FormPage) -> str:
    """Say how often and when a page is filled in."""
    rows = f"填 {page.least} 到 {page.most} 份" if page.is_group else ""
    return "；".join(filter(None, (rows, asked_when(form, page.when))))


def of_a_question(form: FormDefinition, one: Question) -> str:
    """Say in one line what a question is."""
    required = "必填" if one.required else "可不填"
    filled = f"照账户里的{FACTS[one.kind]}填" if one.fact else ""
    choices = "、".join(one.choices)
    return "；".join(
        filter(None, (KINDS[one.kind][0], required, choices, filled, asked_when(form, one.when)))
    )


def asked_when(form: FormDefinition, when: When | None) -> str:
    """Say after which answers something is asked; "" where always."""
    if when is None:
        return ""
    titles = {one.key: one.title for _, one in form.questions()}
    answers = "或".join(f"“{_answer(one)}”" for one in when.among)
    return f"“{titles[when.question]}”答{answers}才问"


def answers_of(deciding: list[Question]) -> list[tuple[str, str]]:
    """Give each answer that may decide, as (`question=answer`, words)."""
    return [
        (f"{one.key}={answer}", f"“{one.title}”答“{answer}”")
        for one in deciding
        for answer in (one.choices or (YES, NO))
    ]


def ticked(when: When | None) -> list[str]:
    """Give the answers that decide now, as they are ticked."""
    return [f"{when.question}={_answer(one)}" for one in when.among] if when else []


def lines(text: str) -> list[str]:
    """Read one choice a line."""
    return [one.strip() for one in text.splitlines() if one.strip()]


def picked(sent: Mapping[str, str], name: str) -> dict[str, str]:
    """Read what a button says: which part, of which key, what is done with it."""
    part, _, rest = sent.get(name, "").partition(" ")
    of, _, move = rest.partition(" ")
    return {"part": part, "of": of, "move": move}


def _answer(one: str | bool) -> str:
    return one if isinstance(one, str) else YES if one else NO
