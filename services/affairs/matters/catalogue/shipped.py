"""What the project ships of a matter beside its row in the source list: read out of laws, each with its article.

Nothing here is filled in because it is usual: what no table says, the office must say. All of it is a draft that the county's offices
confirm by publishing a version of their own.
"""

from functools import cache
from pathlib import Path

from services.affairs.matters.catalogue.content import AccessTerms, Content, Course, Law
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.source import COUNTY, DATA, matter_id, rows
from services.affairs.matters.catalogue.spoken import spoken_names
from services.affairs.matters.catalogue.vocabulary import keywords, top

LAW, STEPS, PAPERS, ELSEWHERE = "law.csv", "steps.csv", "papers.csv", "elsewhere.csv"
OF_THE_LIST = "四川政务服务网公开的事项清单（广安区 511602），待主办部门确认"
OF_THE_RULE = "按同名部门从上述清单换成本县的，待主办部门确认"
PUBLIC_SERVICE = "20"


def complete(matter: Matter) -> None:
    """Add to a matter of the list what is shipped of it: what it is called, its law, steps and papers."""
    life_event = top().get(matter.source_code, "")
    matter.spoken = list(dict.fromkeys([*spoken_names(matter.name), *keywords().get(matter.source_code, ())]))
    matter.life_event = life_event
    sources = {"name": OF_THE_LIST, "office": OF_THE_RULE}
    if not life_event:
        matter.content = Content(sources=sources)
        return
    rules, steps, papers = (_of(matter, file) for file in (LAW, STEPS, PAPERS))
    term = next((one for one in rules if one["what"] == "term"), None)
    if term:
        matter.statutory_days, sources["statutory_days"] = int(term["days"]), _said(term)
        matter.promise_days = min(matter.promise_days, matter.statutory_days)
    if papers:
        matter.materials, sources["materials"] = [_paper(one) for one in papers], _said(papers[0])
    matter.content = _content(rules, steps, term["unit"] if term else "working", sources)


def _content(rules: list[dict], steps: list[dict], unit: str, sources: dict[str, str]) -> Content:
    presence = next((one for one in rules if one["what"] == "in_person"), None)
    if rules:
        governing = next((one for one in rules if one["what"] != "in_person"), rules[0])
        sources |= {"governs": _said(governing), "grounds": _said(rules[0]), "rules": _said(rules[0])}
    if steps:
        sources["steps"] = f"{steps[0]['law']}（各步的条款见步骤）"
    if presence:
        sources |= {"in_person": _said(presence), "channels": _said(presence)}
    grounds = [{"law": one["law"], "article": one["article"]} for one in (*rules, *steps)]
    return Content(
        Law(
            governing["law"] if rules else "",
            [one for number, one in enumerate(grounds) if one not in grounds[:number]],
            [{**one, "days": int(one["days"]) if one["days"] else None} for one in rules],
        ),
        AccessTerms(in_person="appointment", channels=["appointment"]) if presence else AccessTerms(),
        course=Course([{"name": one["name"], "text": f"{one['text']}（{_said(one)}）"} for one in steps]),
        days_unit=unit,
        sources=sources,
    )


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


def _of(matter: Matter, file: str) -> list[dict]:
    wanted = (matter.name, f"kind:{matter.kind}")
    return [
        {name: value for name, value in row.items() if name != "item"}
        for row in _table(file)
        if row["item"] in wanted
    ]


def _paper(values: dict) -> dict:
    return {
        **{"name": values["material"], "note": values["note"]},
        **{"issuer": values["issuer"], "trust": values["trust"], "ground": _said(values)},
    }


def _said(values: dict) -> str:
    return f"{values['law']} {values['article']}".strip()


@cache
def _table(file: str) -> list[dict]:
    return [row.values for row in rows(file, DATA)]
