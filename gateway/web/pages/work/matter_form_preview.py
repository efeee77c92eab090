"""The form of a draft as applicants will see it: filled in and checked screen by screen, with nothing kept and nothing sent."""

from flask import Response

from gateway.web import answering, written_forms
from gateway.web.declarations import OFFICIALS, Action, Screen, WebPage
from gateway.web.form_screens import FormScreens
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit

OF_THE_ACCOUNT = {"name": "（申请人账户里的姓名）", "phone": "（申请人账户里的手机号）"}
"""What stands in place of what the account of an applicant fills in."""


def _asks(visit: PageVisit) -> FormScreens | None:
    missing = {name: read for name, read in written_forms.READS.items() if name not in visit.parts}
    visit.parts |= asked_after(visit, **missing)
    form = written_forms.written(visit)
    return FormScreens(form, visit.sent, OF_THE_ACCOUNT) if form else None


def _back(visit: PageVisit, _answer: object) -> Response:
    return answering.see_other(written_forms.FORM.format(**visit.path))


PAGE = WebPage(
    f"{written_forms.FORM}/preview",
    "预览申请表",
    OFFICIALS,
    reads=written_forms.READS,
    acts={
        "try_form": Action(
            "",
            "看完了，回到申请表",
            finish=_back,
            steps=(Screen("申请人和材料"), Screen("核对")),
            asks=_asks,
        )
    },
    prepare=lambda visit: {"asked": visit.screens("try_form"), "away": written_forms.away(visit)},
    kept=False,
)
