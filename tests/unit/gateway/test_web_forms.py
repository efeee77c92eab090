"""Forms made from contracts: amounts as people write them, fields inside fields, and what is refused before anybody is asked."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from gateway.routes import ALL as ROUTES
from gateway.web import forms, typed, words
from gateway.web.asking import missing
from gateway.web.declarations import LEFT_OUT, of_the_api
from gateway.web.pages.everybody.matter import shown
from gateway.web.pages.everybody.register import paper_is_right
from gateway.web.pages.resident.phone import is_new
from gateway.web.pages.work.matter import lists
from services.chassis.core.errors import NotFound, Unavailable

API = of_the_api(ROUTES)
OFFER, ORDER, REPORT = API["POST /listings"], API["POST /orders"], API["POST /reports"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("￥１２．０５", 1205),
        ("1,200 元", 120000),
        ("十二", "十二"),
        ("1.005", "1.005"),
    ],
)
def test_money_is_read_as_people_write_it(written, asked):
    assert forms.read(OFFER, ("price_fen",), MultiDict({"price_fen": written}))[0] == {"price_fen": asked}


def test_a_field_inside_another_is_asked_inside_it():
    names = ("quantity_milli", "recipient.name", "recipient.phone")
    sent = MultiDict({"quantity_milli": "1.5", "recipient.name": "王芳", "recipient.phone": "12"})
    asked, filled = forms.read(ORDER, names, sent)
    assert asked == {"quantity_milli": 1500, "recipient": {"name": "王芳", "phone": "12"}}
    assert filled == dict(sent)
    wrong = typed.refused(ORDER, {**asked, "listing_id": "one"})
    assert wrong["recipient.address"] and wrong["recipient.phone"]
    inputs = list(forms.inputs_of(ORDER, names, filled, wrong, ("quantity_milli",)))
    assert [one.required for one in inputs] == [True, True, True]
    assert [bool(one.error) for one in inputs] == [False, False, True]


@pytest.mark.parametrize(
    ("route", "name", "written", "said"),
    [
        (OFFER, "price_fen", "十二", "请用数字填写，例如 12 或 12.5。"),
        (OFFER, "price_fen", "0", "应在 0.01 到 100000 之间。"),
        (ORDER, "quantity_milli", "2000", "应在 0.001 到 1000 之间。"),
        (ORDER, "quantity_milli", "", LEFT_OUT),
        (ORDER, "quantity_milli", "2", None),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_what_people_count_in(route, name, written, said):
    asked, filled = forms.read(route, (name,), MultiDict({name: written}))
    assert typed.problems(route, (name,), {name: LEFT_OUT}, filled, asked).get(name) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026 2 30", typed.NO_DAY),
        ("2026 二 3", typed.NO_NUMBERS),
        ("2026  ", "还没有填月和日。"),
        ("26 2 3", "年份请填四位数字，例如 2026。"),
        ("2026 2 3", None),
        ("２０２６年 2月 ３号", None),
        ("2026 02\u200b 3日", None),
        ("  ", None),
    ],
)
def test_a_day_that_is_none_is_said(day, said):
    name = "happened_on"
    parts = dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), day.split(" "), strict=True))
    asked, filled = forms.read(REPORT, (name,), MultiDict(parts))
    assert typed.problems(REPORT, (name,), {}, filled, asked).get(name) == said


def test_what_was_filled_in_is_said_and_sent_again():
    sent = MultiDict(
        {"happened_on-year": "2026", "happened_on-month": "2", "happened_on-day": "3", "text": "一\n二"}
    )
    _, filled = forms.read(REPORT, ("happened_on", "text"), sent)
    inputs = list(forms.inputs_of(REPORT, ("happened_on", "text"), filled, {}))
    assert [one.said for one in inputs] == ["2026年2月3日", "一\n二"]
    assert dict(pair for one in inputs for pair in one.sent) == dict(sent)


def test_prices_are_said_for_the_unit_in_which_people_think():
    assert words.price(1285, "斤") == "12.85 元 / 斤"
    assert words.price(1200, "公斤") == "12.00 元 / 公斤，合 6.00 元 / 斤"


@pytest.mark.parametrize(
    ("route", "name", "sent", "asked"),
    [
        (API["POST /mandates"], "months", {"months": "１２个月"}, 12),
        (API["POST /matters/{matter_id}/draft"], "promise_days", {"promise_days": "20 天"}, 20),
        (API["POST /matters/{matter_id}/draft"], "promise_days", {"promise_days": "20个工作日"}, 20),
        (OFFER, "stock_milli", {"stock_milli": "100个", "unit": "个"}, 100_000),
        (OFFER, "stock_milli", {"stock_milli": "100公斤", "unit": "斤"}, "100公斤"),
        (ORDER, "quantity_milli", {"quantity_milli": "5斤"}, "5斤"),
        (OFFER, "price_fen", {"price_fen": "12块"}, 1200),
    ],
)
def test_the_fields_own_unit_behind_a_number_says_nothing_and_another_one_is_refused(
    route, name, sent, asked
):
    assert forms.read(route, (name,), MultiDict(sent))[0] == {name: asked}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("POST /residents/search", "purpose"),
        ("POST /residents/{resident_id}/correction", "what"),
        ("POST /invitations", "role"),
        ("POST /residents/{resident_id}/sighting", "paper"),
    ],
)
def test_where_nothing_was_picked_a_page_names_no_codes(path, name):
    route = API[path]
    asked, filled = forms.read(route, (name,), MultiDict())
    wrong = typed.refused(route, asked) or {name: "应为其中之一：a, b。"}
    shown = next(
        iter(forms.inputs_of(route, (name,), filled, {name: wrong.get(name, "应为其中之一：a, b。")}))
    )
    assert shown.error == forms.PICK_ONE
    value = shown.choices[0][0]
    kept = next(iter(forms.inputs_of(route, (name,), {name: value}, {name: "现在不能选这一项。"})))
    assert kept.error == "现在不能选这一项。"


def test_a_number_that_is_left_out_and_a_word_for_one_are_refused_in_plain_words():
    route, names = API["POST /mandates"], ("months",)
    for needed, said in (({}, LEFT_OUT), ({"months": "请填几个月，例如 12。"}, "请填几个月，例如 12。")):
        asked, filled = forms.read(route, names, MultiDict({"months": ""}))
        assert typed.problems(route, names, needed, filled, asked) == {"months": said}
    asked, filled = forms.read(route, names, MultiDict({"months": "半年"}))
    assert typed.problems(route, names, needed, filled, asked) == {"months": said}
    asked, filled = forms.read(route, names, MultiDict({"months": "600"}))
    assert typed.problems(route, names, needed, filled, asked) == {"months": "应在 1 到 60 之间。"}


def test_what_is_still_to_come_has_not_happened():
    day = typed.today()
    assert typed.happened("happened_on", {"happened_on": day.isoformat()}) == {}
    later = (day + timedelta(days=1)).isoformat()
    assert typed.happened("happened_on", {"happened_on": later}) == {"happened_on": typed.LATER}
    assert typed.happened("happened_on", {"happened_on": "2026-02-30"}) == {}


def test_what_is_shown_once_more_is_what_will_be_kept():
    sent = MultiDict(
        {
            "quantity_milli": "１.５斤",
            "unit": "斤",
            "recipient.phone": "+86 138 0000 0000",
            "recipient.name": "王 芳",
        }
    )
    names = ("quantity_milli", "recipient.name", "recipient.phone")
    _, filled = forms.read(ORDER, names, sent)
    inputs = forms.inputs_of(ORDER, names, filled, {}, kept=forms.kept(ORDER, names, sent))
    assert [one.said for one in inputs] == ["1.5", "王芳", "13800000000"]
    claim = API["POST /orders/{order_id}/claims"]
    sent = MultiDict({"amount_fen": "1.5元"})
    _, filled = forms.read(claim, ("amount_fen",), sent)
    kept = forms.kept(claim, ("amount_fen",), sent)
    assert [one.said for one in forms.inputs_of(claim, ("amount_fen",), filled, {}, kept=kept)] == ["1.5 元"]
    assert words.in_groups("11010519491231002X") == "110105 19491231 002X"


def test_a_password_is_not_among_what_is_kept():
    register = API["POST /residents"]
    sent = MultiDict({"password": "a long enough one", "id_number": "11010519491231002x"})
    assert forms.kept(register, ("password", "id_number"), sent) == {"id_number": "11010519491231002X"}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"id_number": "110105194912310021"}, "id_number"),
        ({"id_number": "110105194902300021"}, "id_number"),
        ({"id_number": "110105491231002"}, "id_number"),
        ({"id_number": "E1234567", "paper": "passport"}, "country"),
        ({"id_number": "11010519491231002X"}, None),
        ({"id_number": ""}, None),
    ],
)
def test_the_number_of_a_paper_is_checked_on_the_screen_where_it_stands(asked, wrong):
    assert list(paper_is_right(None, asked)) == ([wrong] if wrong else [])


def test_a_time_is_asked_for_as_a_day_and_begins_with_it_in_china():
    approval, name = API["POST /matters/{matter_id}/draft/approval"], "publish_at"
    sent = {"publish_at-year": "２０２６", "publish_at-month": "12月", "publish_at-day": "31"}
    asked, filled = forms.read(approval, (name,), MultiDict(sent))
    assert asked == {name: "2026-12-31T00:00:00+08:00"}
    assert typed.problems(approval, (name,), {}, filled, asked) == {}
    assert next(iter(forms.inputs_of(approval, (name,), filled, {}))).kind == "date"
    asked, filled = forms.read(approval, (name,), MultiDict({**sent, "publish_at-day": "32"}))
    assert typed.problems(approval, (name,), {}, filled, asked) == {name: typed.NO_DAY}
    assert forms.read(approval, (name,), MultiDict())[0] == {}


def test_lines_of_a_draft_are_split_at_whatever_bar_or_mark_a_keyboard_gives():
    sent = MultiDict(
        {
            "material lines": "身份证｜原件 | 公安\n户口簿、结婚证",
            "keyword lines": "换蜂证、养蜂证，蜂证；证\n五保户",
        }
    )
    found = lists(SimpleNamespace(sent=sent))
    assert found["keywords"] == ["换蜂证", "养蜂证", "蜂证", "证", "五保户"]
    assert found["materials"] == [
        {"name": "身份证", "note": "原件", "issuer": "公安"},
        {"name": "户口簿、结婚证"},
    ]


@pytest.mark.parametrize(("minutes", "by", "new"), [(1, None, True), (9, None, False), (1, "wechat", False)])
def test_a_code_is_sent_only_where_its_proof_would_be_taken(minutes, by, new):
    now = datetime.now(UTC)
    rows = [
        {"this": False, "started_at": now.isoformat(), "by": None},
        {"this": True, "started_at": (now - timedelta(minutes=minutes)).isoformat(), "by": by},
    ]
    assert is_new(rows, now) is new
    assert is_new(rows[:1], now)


def test_what_stands_on_the_page_of_a_matter_is_not_said_to_be_missing():
    names = shown({"name": "换证", "promise_days": 20, "materials": []}, {"steps": [], "result": "证"})
    assert set(names) == {"name", "promise_days", "result"}


def test_a_part_is_away_for_a_while_only_where_a_service_is():
    assert missing(Unavailable("service.away", "稍后再试。")).passing
    assert not missing(NotFound("rota.none", "没有。")).passing


def test_how_goods_go_is_said_from_whom_to_whom_they_go():
    assert words.word("own_delivery", "way", "orders") == "卖家送到家"
    assert words.word("own_delivery", "way", "claims") == "买家自己送过去"
    assert (
        words.word("pick_up", "way", "orders") == words.choice_of("ShipOrder", "way", "pick_up") == "买家来取"
    )
    assert (
        words.word("pick_up", "way", "claims") == words.choice_of("SendBack", "way", "pick_up") == "卖家来取"
    )
    assert {words.word("carrier", "way", section) for section in ("orders", "claims")} == {"寄快递"}


def test_one_choice_inside_the_name_of_another_is_not_said_beside_it():
    choices = tuple((one, one) for one in ("户籍", "非户籍", "其他"))
    assert forms.Input("kind", "户口", "", "choice", "非户籍", choices=choices).said == "非户籍"
    assert forms.Input("kind", "户口", "", "choice", "", choices=choices).said == ""
    assert forms.Input("kind", "户口", "", "choices", ["户籍", "其他"], choices=choices).said == "户籍、其他"
