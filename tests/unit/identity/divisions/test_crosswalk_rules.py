"""What names tell about the next edition, and what the county's table of successors must be."""

import io
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.chassis.runtime.load import LoadReport
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.proposals import proposed
from services.identity.divisions.regions.source import divisions

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
A, B, C, D = "510183103201", "510183103202", "510183103203", "510183103204"
LATER = {A, B, C, D, "510183103"}


@pytest.fixture(scope="module")
def rows():
    editions = [divisions(edition, LoadReport("regions", io.StringIO())) for edition in ("2019", "2020")]
    return {row["old"]: row for row in proposed(*(list(one.values()) for one in editions))}


def test_names_and_towns_of_the_merger_of_2019_tell_180_of_296_successors(rows):
    assert Counter(row["ground"] for row in rows.values()) == {
        "same_code_and_name": 89, "town_renamed": 5, "same_name_in_town": 28, "same_name_in_county": 58, None: 116,
    }  # fmt: skip
    proposals = [row["new"] for row in rows.values() if row["new"]]
    assert len({new for [new] in proposals}) == len(proposals) == 180


@pytest.mark.parametrize(
    ("old", "new", "ground"),
    [
        ("510183", ["510183"], "same_code_and_name"),
        ("510183103204", ["510183103204"], "same_code_and_name"),
        ("510183101", ["510183004"], "town_renamed"),
        ("510183212", ["510183122"], "town_renamed"),
        ("510183109", [], None),
        ("510183103218", [], None),
    ],
)
def test_a_successor_is_proposed_where_names_tell_it_and_left_open_otherwise(rows, old, new, ground):
    assert (rows[old]["new"], rows[old]["ground"]) == (new, ground)


@pytest.mark.parametrize(
    ("before", "after", "found"), [((101, 102), (103,), []), ((101,), (102, 103), []), ((101,), (103,), [1])]
)
def test_a_name_proposes_only_where_one_division_bears_it_on_each_side(before, after, found):
    def villages(towns):
        return [
            SimpleNamespace(
                region=f"510183{town}201", short_name="三河村", parent=f"510183{town}", parent_name=""
            )
            for town in towns
        ]

    rows = proposed(villages(before), villages(after))
    assert [len(row["new"]) for row in rows if row["new"]] == found


def table(**new):
    rows = [
        {"old": code, "name": "", "parent_name": "", "new": new.get(name, [code]), "ground": None}
        for name, code in (("a", A), ("b", B), ("c", C))
    ]
    return Crosswalk("t", "510183", "2019", "2020", rows, NOW)


def test_mergers_splits_and_new_codes_are_told_apart():
    kinds = table(a=[D], b=[D], c=[C, A]).kinds()
    assert kinds == {"stays": [], "recoded": [], "merged": [A, B], "split": [C], "open": []}
    kinds = table(a=[D], c=[]).kinds()
    assert kinds == {"stays": [B], "recoded": [A], "merged": [], "split": [], "open": [C]}


def test_the_county_settles_rows_by_hand_and_the_others_stay():
    one = table(a=[])
    one.settle([{"old": A, "new": [D, B]}], LATER)
    assert [(row["new"], row["ground"]) for row in one.rows] == [
        ([B, D], "by_hand"),
        ([B], None),
        ([C], None),
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"old": D, "new": [A]}, "旧版次"),
        ({"old": B, "new": ["510183103299"]}, "新版次"),
        ({"old": B, "new": ["510183103"]}, "级别"),
        ({"old": B, "new": [D, D]}, "重复"),
    ],
)
def test_a_wrong_row_is_named_by_its_line_and_none_is_set(wrong, reason):
    one = table()
    with pytest.raises(Rejected) as refused:
        one.settle([{"old": A, "new": [D]}, wrong], LATER)
    [row] = refused.value.detail["rows"]
    assert (row["line"], row["old"]) == (2, wrong["old"]) and reason in row["reason"]
    assert one.rows == table().rows


def test_a_division_is_settled_once_in_a_request():
    with pytest.raises(Rejected) as refused:
        table().settle([{"old": A, "new": [D]}, {"old": A, "new": [B]}], LATER)
    assert refused.value.detail["rows"] == [{"old": A, "reason": "旧代码出现了不止一次"}]


def test_a_row_that_somebody_else_has_set_since_it_was_seen_is_not_overwritten():
    one = table(a=[], b=[])
    one.settle([{"old": A, "new": [D, B], "was": []}], LATER)
    one.settle([{"old": A, "new": [C], "was": [D, B]}], LATER)
    with pytest.raises(Conflict) as refused:
        one.settle([{"old": B, "new": [B], "was": []}, {"old": A, "new": [D], "was": []}], LATER)
    assert refused.value.detail["rows"] == [one.rows[0]] and "1 个" in refused.value.message
    assert [row["new"] for row in one.rows[:2]] == [[C], []]
    one.settle([{"old": A, "new": [D]}], LATER)
    assert one.rows[0]["new"] == [D]


def test_a_table_is_confirmed_when_every_division_has_a_successor_and_stays_then():
    one = table(c=[])
    with pytest.raises(Rejected) as refused:
        one.confirm("o", NOW)
    assert refused.value.detail == {"count": 1, "missing": [C]}
    one.settle([{"old": C, "new": [C]}], LATER)
    [(name, fact)] = one.confirm("o", NOW)
    assert (name, fact) == (
        "succession.confirmed",
        {"succession_id": "t", "earlier": "2019", "later": "2020"},
    )
    for again in (lambda: one.confirm("p", NOW), lambda: one.settle([{"old": A, "new": [D]}], LATER)):
        with pytest.raises(Conflict):
            again()
    assert one.confirmed_by == "o" and one.rows[0]["new"] == [A]
