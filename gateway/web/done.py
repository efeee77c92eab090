"""Where it is said that something was done."""

from typing import Any
from urllib.parse import urlencode

from gateway.web.declarations import Action
from gateway.web.visit import PageVisit


def with_done(visit: PageVisit, act: Action, name: str, answer: Any = None) -> str:
    """Give where it is said that something was done; what was made is named by the answer, the list stands for it where there is none."""
    if act.returns and visit.back:
        return f"{visit.back}{'&' if '?' in visit.back else '?'}{urlencode({'done': name})}"
    values = {**(answer if isinstance(answer, dict) else {}), **visit.path}
    path = act.to or visit.page.path
    try:
        path = path.format(**values)
    except KeyError:
        path = path.partition("/{")[0]
    back = {"back": visit.back} if visit.back else {}
    return f"{path}?{urlencode({'done': name, **back})}"
