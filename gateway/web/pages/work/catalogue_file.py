"""The catalogue as a file: a workbook with all tables, or one of them as text."""

from flask import Response, current_app

from gateway.web.declarations import OFFICIALS, Action, WebPage
from gateway.web.visit import PageVisit

FILE = Action("GET /matter-spreadsheets", "导出")


def written(visit: PageVisit) -> dict | Response:
    """Give the file; `what` is xlsx, or the name of the table that is wanted as text."""
    what = visit.query["what"] or "xlsx"
    form = {"format": "xlsx"} if what == "xlsx" else {"format": "csv", "sheet": what}
    office = {"office": visit.query["office"]} if visit.query["office"].strip() else {}
    return current_app.extensions["web"].asking.act(visit, FILE, {**form, **office}, None)


PAGE = WebPage("/work/catalogue/file", "导出事项目录", OFFICIALS, prepare=written, gives_file=True)
