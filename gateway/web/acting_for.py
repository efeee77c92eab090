"""For whom a helper acts on the pages: chosen once, said on every page, and over with the session or at one click.

The cookie names the session, the mandate and the ward's masked name. It gives no right: whether the mandate holds is asked
anew by everything that is done under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from flask import Request, Response

if TYPE_CHECKING:
    from gateway.web.visit import PageVisit
    from services.civic.actor import CivicActor

COOKIE = "mandate"


@dataclass(frozen=True)
class Ward:
    """The person for whom somebody acts, by the mandate; nobody where it is empty."""

    mandate: str = ""
    name: str = ""


NOBODY = Ward()


def chosen(came: Request, actor: CivicActor) -> Ward:
    """Give whom this session has chosen to act for."""
    session, _, rest = came.cookies.get(COOKIE, "").partition(":")
    mandate, _, name = rest.partition(":")
    if actor.kind != "resident" or not mandate or session != actor.session:
        return NOBODY
    return Ward(mandate, unquote(name))


def choose(answer: Response, actor: CivicActor, ward: Ward, secure: bool) -> None:
    """Let the browser remember it for as long as it is open."""
    value = f"{actor.session}:{ward.mandate}:{quote(ward.name)}"
    answer.set_cookie(COOKIE, value, secure=secure, httponly=True, samesite="Lax")


def choose_nobody(answer: Response, secure: bool) -> None:
    """Act for oneself again."""
    answer.delete_cookie(COOKIE, secure=secure, httponly=True, samesite="Lax")


def begun_for_another(visit: PageVisit) -> str:
    """Say that a form was begun for one person and would be sent for another: from another tab, or after a session ended; "" where it was not."""
    if visit.sent.get("mandate", "") == visit.mandate:
        return ""
    was, now = ("给别的人办", "替别人办") if visit.mandate else ("替别人办", "给自己办")
    return (
        f"没有提交：填这张表的时候是{was}，现在是{now}。请看清楚是给谁办：要替别人办，先到“代办”里点“替他办事”，"
        "再回来。填的内容还在。"
    )
