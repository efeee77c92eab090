"""Every page keeps what pages promise: operations that exist, words for every field, a guard, a template of its own."""

from pathlib import Path

import pytest
from marshmallow import fields

import gateway.web.pages as pages
from gateway.routes import ALL as ROUTES
from gateway.routing import guard_of
from gateway.web import forms, words
from gateway.web.declarations import of_the_api

API = of_the_api(ROUTES)
TEMPLATES = Path(pages.__file__).parents[1] / "templates"
EVERY = sorted(pages.ALL)


def acts():
    return [
        (template, name, act)
        for template, page in pages.ALL.items()
        for name, act in page.acts.items()
        if act.at
    ]


@pytest.mark.parametrize("template", EVERY)
def test_a_page_names_operations_that_exist_and_may_be_used_by_whom_it_lets_in(template):
    page = pages.ALL[template]
    for one in (*page.reads.values(), *(act for act in page.acts.values() if act.at)):
        assert one.at in API, one.at
        allowed = guard_of(API[one.at].operation.allow)
        assert allowed & page.guard, f"{one.at} serves nobody whom {page.path} lets in"


@pytest.mark.parametrize("template", EVERY)
def test_a_page_has_its_template_and_an_address_of_its_own(template):
    page = pages.ALL[template]
    assert (TEMPLATES / template).exists() is not page.gives_file
    assert [one.path for one in pages.ALL.values()].count(page.path) == 1
    if page.path != "/":
        first = page.path.split("/")[1]
        assert first not in {route.path.split("/")[1] for route in ROUTES}, f"/{first} is the API's"


def test_no_template_is_left_without_a_page():
    own = {f"{path.parent.name}/{path.name}" for path in TEMPLATES.glob("*/*.html")}
    assert {one for one in own if not one.startswith("pages/")} == {
        template for template, page in pages.ALL.items() if not page.gives_file
    }


@pytest.mark.parametrize("template", EVERY)
def test_what_asks_no_service_says_itself_what_it_does(template):
    for name, act in pages.ALL[template].acts.items():
        assert act.at or (act.finish and not act.fields), name


def test_acts_are_told_apart_by_their_names():
    names = [name for page in pages.ALL.values() for name in page.acts]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("template", "name", "act"), acts(), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_field_has_words_and_a_way_to_be_filled_in(template, name, act):
    route = API[act.at]
    assert set(act.needed) <= set(act.fields), name
    for one in forms.inputs_of(route, act.fields, {}, {}):
        assert one.label
        if one.kind == "file":
            continue
        declared = forms.field_of(route, one.name)
        inner = declared.inner if isinstance(declared, fields.List) else declared
        assert not isinstance(inner, fields.Nested), f"{one.name} has to be read by the page itself"
        for value, called in one.choices:
            assert any("一" <= letter <= "鿿" for letter in called), f"{one.name}: {value} has no words"


def test_no_label_is_left_over():
    used = {name.rpartition(".")[2] for _, _, act in acts() for name in act.fields}
    used |= {route.upload.field for route in API.values() if route.upload}
    assert {name.rpartition(".")[2] for name in words.LABELS} <= used
