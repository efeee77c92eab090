"""An act's form as a page shows it: its inputs with what was typed and what is wrong with them, and what goes along unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.web import forms, steps, typed
from gateway.web.forms import Form

if TYPE_CHECKING:
    from gateway.routing import Route
    from gateway.web.declarations import Action
    from gateway.web.visit import PageVisit

CHECK = "下一步，核对"


def form_of(
    visit: PageVisit,
    name: str,
    route: Route | None,
    stamp: str,
    filled: dict | None,
    wrong: dict[str, str],
    summary: str = "",
    step: int = 0,
    checking: bool = False,
) -> Form:
    """Give the form of an act; `filled` is None for whoever has not typed anything yet."""
    act, own = visit.act(name), visit.screens(name)
    step = own.nearest(step) if own else step
    values = act.starts(visit) if filled is None else filled
    names = act.steps[step].fields if act.steps else act.fields
    kept = forms.kept(route, act.fields, visit.sent) if checking or (act.steps and filled) else {}
    inputs = tuple(forms.inputs_of(route, names, values, wrong, act.needed, kept))
    inputs += tuple(own.inputs(step, wrong)) if own else ()
    hidden = steps.carried(act, step, visit.sent) if act.steps and (own or filled is not None) else ()
    button = steps.NEXT if step + 1 < len(act.steps) else act.button
    button = CHECK if act.check and not act.sure and not checking else button
    return Form(
        name,
        button,
        stamp,
        inputs,
        summary,
        step,
        hidden,
        checking=checking,
        kept=kept,
        seen=_seen(visit, act, filled is not None),
    )


def _seen(visit: PageVisit, act: Action, is_filled: bool) -> str:
    """Give the version that somebody who fills in the form has before them; "" where the act names none."""
    kept = visit.sent.get("seen_version", "") if is_filled else ""
    there = visit.parts.get(act.sees)
    return kept or (str(there.value["version"]) if there else "")


def wrong_on_a_screen(
    visit: PageVisit, name: str, route: Route | None, now: int, asked: dict, filled: dict
) -> dict[str, str]:
    """Say by field what is wrong on one of several screens: by the contract, by what the page knows, by the form that is asked."""
    act, own = visit.act(name), visit.screens(name)
    here = act.steps[now].fields
    looked = act.looks(visit, asked) if act.looks else {}
    wrong = {one: said for one, said in looked.items() if one in here}
    if route:
        wrong |= typed.on_a_screen(route, here, act.needed, filled, asked)
    return wrong | (own.wrong(now) if own else {})


def form_values_beside(visit: PageVisit, form: Form) -> dict[str, str]:
    """Give what a form sent besides its inputs, which a page of its own that asks once more has to send again."""
    own = {name for one in form.inputs for name, _ in one.sent}
    return {
        name: value
        for name, value in visit.sent.items()
        if name not in own and name not in (*steps.CONTROLS, "seen_version", "mandate")
    }
