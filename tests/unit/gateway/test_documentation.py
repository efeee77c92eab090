"""What the API's own documentation tells."""

import warnings

from gateway.openapi.document import specification


def test_the_documentation_of_an_action_names_the_level_that_a_resident_needs():
    paths = specification("https://county.example")["paths"]
    apply, place, browse = (
        paths["/applications"]["post"],
        paths["/orders"]["post"],
        paths["/matters"]["get"],
    )
    assert (apply["x-assurance"], place["x-assurance"]) == (1, 0)
    assert "1 村（社区）已认证" in apply["description"]
    assert "x-assurance" not in browse


def test_no_two_shapes_of_the_api_share_a_name():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        specification.__wrapped__("https://county.example")
