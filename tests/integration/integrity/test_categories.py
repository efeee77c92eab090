"""The taxonomy: loading, the tree, the search."""

from services.chassis.runtime.load import LoadReport
from services.integrity.reports.categories import loader
from tests.integration.integrity.endpoints import plan_of


def counts(database, **more):
    report = LoadReport("categories")
    loader.load(database, None, report, **more)
    return report


def test_all_517_leaves_are_loaded_and_loading_again_changes_nothing(database):
    assert counts(database).counts == {"new": 517, "changed": 0, "unchanged": 0, "refused": 0}
    before = list(database.categories.find().sort("_id"))
    assert counts(database).counts == {"new": 0, "changed": 0, "unchanged": 517, "refused": 0}
    assert list(database.categories.find().sort("_id")) == before
    assert database.categories.count_documents({"level": 1}) == 15
    assert database.categories.count_documents({"level": 2}) == 118


def test_empty_and_repeated_rows_are_reported_with_their_lines_and_the_others_are_loaded(database, tmp_path):
    file = tmp_path / "some.csv"
    file.write_text("a,b,c\n甲,乙,丙\n甲,,丙\n甲,乙,丙\n\n甲,乙,丁\n", encoding="utf-8")
    report = counts(database, file=file)
    assert report.counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 3}
    assert [refusal.split(": ")[0] for refusal in report.refusals] == [
        "some.csv:3",
        "some.csv:4",
        "some.csv:5",
    ]
    assert "第 2 行" in report.refusals[1]


def test_a_category_whose_line_moved_is_changed_and_keeps_its_id(database, tmp_path):
    file = tmp_path / "some.csv"
    file.write_text("a,b,c\n甲,乙,丙\n甲,乙,丁\n", encoding="utf-8")
    counts(database, file=file)
    ids = {d["_id"] for d in database.categories.find()}
    file.write_text("a,b,c\n甲,乙,丁\n甲,乙,丙\n", encoding="utf-8")
    assert counts(database, file=file).counts["changed"] == 2
    assert {d["_id"] for d in database.categories.find()} == ids


def test_anybody_walks_the_tree_by_the_page(integrity):
    first = integrity.ask("list_categories", {"limit": 10})
    second = integrity.ask("list_categories", {"limit": 10, "cursor": first["next"]})
    names = [c["name"] for c in first["items"] + second["items"]]
    assert len(names) == len(set(names)) == 15 and second["next"] is None
    assert names[0] == "城乡建设"
    discipline = next(c for c in first["items"] + second["items"] if c["name"] == "纪检监察")
    subjects = integrity.ask("list_categories", {"parent": discipline["id"]})["items"]
    assert {c["level"] for c in subjects} == {2}
    assert "贪污贿赂" in [c["name"] for c in subjects]


def test_the_search_finds_what_holds_every_word_and_nothing_else(integrity):
    found = integrity.ask("search_categories", {"text": "贪污 挪用"})["items"]
    assert [c["full_name"] for c in found] == ["纪检监察/贪污贿赂/挪用公款"]
    assert integrity.ask("search_categories", {"text": "款公"})["items"] == []
    assert integrity.ask("search_categories", {"text": "纪检监察/贪污贿赂/挪用公款"})["items"] == found
    assert [
        c["name"] for c in integrity.ask("search_categories", {"text": "纪检监察", "level": 1})["items"]
    ] == ["纪检监察"]


def test_a_search_of_nothing_but_signs_is_refused(integrity):
    for signs in (".*", "（？）"):
        assert integrity.ask("search_categories", {"text": signs})["code"] == "category.search_without_words"


def test_pairs_that_stand_apart_are_not_taken_for_the_word_on_any_page(integrity, tmp_path):
    rows = [f"甲,乙,{name}" for name in ("国中药和中国", "中国中药一", "国中药与中国", "中国中药Ａ")]
    file = tmp_path / "some.csv"
    file.write_text("\n".join(["a,b,c", *rows]), encoding="utf-8")
    counts(integrity.database, file=file)
    first = integrity.ask("search_categories", {"text": "中国中药", "limit": 1})
    second = integrity.ask("search_categories", {"text": "中国中药", "limit": 1, "cursor": first["next"]})
    assert [c["name"] for c in first["items"] + second["items"]] == ["中国中药一", "中国中药Ａ"]
    assert second["next"] is None
    assert [c["name"] for c in integrity.ask("search_categories", {"text": "中药a"})["items"]] == [
        "中国中药Ａ"
    ]


def test_an_unknown_category_is_not_found(integrity):
    known = integrity.ask("find_category", {"category_id": integrity.leaf})
    assert known["full_name"] == "纪检监察/贪污贿赂/挪用公款"
    assert integrity.ask("find_category", {"category_id": "nothing"})["code"] == "category.not_found"


def test_the_tree_and_the_search_neither_scan_the_collection_nor_sort(integrity):
    for door, data in (
        ("list_categories", {}),
        ("search_categories", {"text": "公款", "limit": 2}),
        ("search_categories", {"text": "挪用公款"}),
    ):
        plan, sorts, examined = plan_of(
            integrity.database, "categories", lambda d=door, a=data: integrity.ask(d, a)
        )
        assert plan.startswith("IXSCAN") and not sorts, (door, plan)
        assert examined < 30
