"""People who have no account and whom the village writes down."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage

PAGE = WebPage(
    "/work/recorded",
    "代为登记的人",
    OFFICIALS,
    reads={"people": Read("GET /recorded-people", passed=("state", "cursor"))},
    acts={
        "record_person": Action(
            "POST /recorded-people",
            "登记",
            ("name", "birth_year", "id_number"),
            given=lambda visit: {"village": places.own(visit, "village_administrator")},
            done="已登记。",
        )
    },
    prepare=lambda visit: places.of_rows(visit, visit.parts["people"]),
)
