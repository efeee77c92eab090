"""Privacy and the account's safety: what I agreed to, and the way to all else."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.pages.everybody.register import notice_as_read
from gateway.web.visit import PageVisit


def _purpose(visit: PageVisit) -> dict:
    return {"purpose": visit.sent.get("purpose", "")}


PAGE = WebPage(
    "/my/privacy",
    "隐私和账号安全",
    RESIDENTS,
    reads={
        "consents": Read("GET /consents"),
        "notice": Read("GET /privacy/notice"),
        "decisions": Read("GET /consents/decisions", passed=("cursor",)),
    },
    acts={
        "give_consent": Action(
            "POST /consents/{purpose}/giving",
            "同意",
            given=lambda visit: {**_purpose(visit), **notice_as_read(visit)},
            done="您同意了。随时可以撤回。",
        ),
        "withdraw_consent": Action(
            "POST /consents/{purpose}/withdrawal",
            "撤回同意",
            given=_purpose,
            done="已经撤回，以后不再这样用您的信息。",
        ),
    },
)
