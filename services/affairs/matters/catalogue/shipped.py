"""What the project ships of a matter beside its row in the source list: read out of laws, each with its article.

Nothing here is filled in because it is usual: what no table says, the office must say. All of it is a draft that the county's offices
confirm by publishing a version of their own.
"""

from functools import partial
from pathlib import Path

from services.affairs.matters.catalogue.content import AccessTerms, Content, Course, Fee, Law
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.shipped_forms import form_of_rows
from services.affairs.matters.catalogue.source import COUNTY, matter_id, rows
from services.affairs.matters.catalogue.spoken import spoken_names
from services.affairs.matters.catalogue.tables import (
    ALONE,
    FIELD_VALUES,
    FORMS,
    LAW,
    PAPERS,
    STEPS,
    of_a_matter,
    said,
    unread,
)
from services.affairs.matters.catalogue.vocabulary import keywords, top

ELSEWHERE = "elsewhere.csv"
OF_THE_LIST = "四川政务服务网公开的事项清单（广安区 511602），待主办部门确认"
OF_THE_RULE = "按同名部门从上述清单换成本县的，待主办部门确认"
OWN_PAPERS = "本项目按常见做法列的清单，没有法律依据，待主办部门确认"
PUBLIC_SERVICE = "20"
CHARGED = {"yes": True, "no": False}


def complete(matter: Matter, own_papers: bool = False) -> None:
    """Add to a matter of the list what is shipped of it: what it is called, its law, steps, papers and form.

    `own_papers` tells that its materials are those of the project's own list, which say so where no law names any.
    """
    life_event = top().get(matter.source_code, "")
    matter.spoken = list(dict.fromkeys([*spoken_names(matter.name), *keywords().get(matter.source_code, ())]))
    matter.life_event = life_event
    sources = {"name": OF_THE_LIST, "office": OF_THE_RULE}
    if own_papers:
        sources["materials"] = OWN_PAPERS
    if not life_event:
        matter.content = Content(sources=sources)
        return
    of = partial(of_a_matter, name=matter.name, life_event=life_event, kind=matter.kind)
    papers, asked = of(PAPERS), of(FORMS)
    if papers:
        matter.materials, sources["materials"] = [_paper(one) for one in papers], _together(papers)
    if asked:
        matter.form, matter.with_form, sources["form"] = (
            form_of_rows(matter.name, asked),
            True,
            _together(asked),
        )
    matter.content = _content(of(LAW), of(STEPS), of(FIELD_VALUES), sources)
    if "statutory_days" in sources:
        [term] = [one for one in matter.content.law.rules if one["what"] == "term"]
        matter.statutory_days = term["days"]
        matter.promise_days = min(matter.promise_days, matter.statutory_days)


def _content(laws: list[dict], steps: list[dict], values: list[dict], sources: dict[str, str]) -> Content:
    rules = [one for one in laws if one["what"] != ALONE]
    term = next((one for one in rules if one["what"] == "term"), None)
    presence = next((one for one in rules if one["what"] == "in_person"), None)
    governing = next((one for one in laws if one["what"] != "in_person"), laws[0] if laws else None)
    if governing:
        sources |= {"governs": said(governing), "grounds": _together(laws)}
    if rules:
        sources["rules"] = _together(rules)
    if term:
        sources["statutory_days"] = said(term)
    if steps:
        sources["steps"] = f"{steps[0]['law']}（各步的条款见步骤）{unread(steps[0])}"
    given = {one["field"]: one for one in values if one["value"]}
    sources |= {name: said(one) for name, one in given.items()}
    if presence:
        sources |= {"in_person": said(presence), "channels": said(presence)}
    return Content(
        Law(governing["law"] if governing else "", _grounds([*laws, *steps]), [_rule(one) for one in rules]),
        _access(given, by_appointment=presence is not None),
        _fee(given.get("fee")),
        Course([_step(one) for one in steps], given["result"]["value"] if "result" in given else ""),
        term["unit"] if term else "working",
        sources,
    )


def _access(given: dict[str, dict], by_appointment: bool) -> AccessTerms:
    several = {
        name: given[name]["value"].split() for name in ("levels", "actors", "channels") if name in given
    }
    if by_appointment:
        return AccessTerms(**{**several, "in_person": "appointment", "channels": ["appointment"]})
    return AccessTerms(**several, in_person=given["in_person"]["value"] if "in_person" in given else "")


def _fee(row: dict | None) -> Fee:
    return Fee(CHARGED[row["value"]], basis=said(row)) if row else Fee()


def _grounds(laws: list[dict]) -> list[dict]:
    named = [{"law": one["law"], "article": one["article"] + unread(one)} for one in laws]
    return [one for number, one in enumerate(named) if one not in named[:number]]


def _rule(values: dict) -> dict:
    told = {name: values[name] for name in ("what", "unit", "text", "law")}
    return {
        **told,
        "days": int(values["days"]) if values["days"] else None,
        "article": values["article"] + unread(values),
    }


def _step(values: dict) -> dict:
    return {"name": values["name"], "text": f"{values['text']}（{said(values)}）"}


def _paper(values: dict) -> dict:
    return {
        **{"name": values["material"], "note": values["note"]},
        **{"issuer": values["issuer"], "trust": values["trust"], "ground": said(values)},
    }


def _together(named: list[dict]) -> str:
    """Name each source of several once."""
    return "；".join(dict.fromkeys(said(one) for one in named))


def elsewhere(folder: Path, now) -> list[Matter]:
    """Make the rows of what people look for and the list lacks: they say where it is done, and take no application."""
    return [_elsewhere(row.values, now) for row in rows(ELSEWHERE, folder)]


def _elsewhere(values: dict, now) -> Matter:
    sources = {"name": values["source"], "office": values["source"], "grounds": values["source"]}
    law, _, article = values["source"].partition(" ")
    return Matter(
        id=matter_id(values["code"]),
        region=COUNTY,
        name=values["name"],
        main_item="",
        kind=PUBLIC_SERVICE,
        office=values["office"],
        source_code=values["code"],
        published_at=now,
        materials=[],
        spoken=values["keywords"].split(),
        elsewhere=values["where"],
        content=Content(Law(grounds=[{"law": law, "article": article}]), sources=sources),
    )
