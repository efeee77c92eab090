"""Integrity keeps nothing of a report's content that can be read in its database."""

from tests.at_rest import plain_in, seal_nothing
from tests.integration.integrity.endpoints import VILLAGE, officer

FOUND, TOLD = "经查确有其事，款项已经退回", "会计有一本流水账"


def concluded(integrity) -> list[str]:
    report = integrity.accepted(accused="张三丰", text="修路款三万元去向不明，请查。")
    integrity.ask("write_message", {"receipt": report.receipt, "text": TOLD})
    outcome = {"report_id": report.id, "outcome": "substantiated", "text": FOUND}
    assert integrity.ask("conclude_report", outcome, officer())["state"] == "concluded"
    return ["张三丰", "三万元", TOLD, FOUND]


def test_of_a_report_nothing_that_was_written_stands_plain_in_the_database(integrity):
    words = concluded(integrity)
    assert plain_in(integrity.database, [*words, "concluded"]) == {"concluded"}
    assert integrity.stored()["place"] == VILLAGE
    assert VILLAGE not in str(integrity.database.reports.find_one())


def test_without_sealing_the_same_search_finds_it(integrity, monkeypatch):
    seal_nothing(monkeypatch, integrity.reports)
    words = concluded(integrity)
    assert plain_in(integrity.database, words) == set(words)
