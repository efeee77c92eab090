"""The cache of public answers on the whole platform: fast, the same for everybody, and true."""

import requests

from deploy.local.story.identity import VILLAGE
from gateway.cache.invalidation_listener import CONNECTION
from tests.e2e.platform import management


def read(platform, path: str, **headers) -> requests.Response:
    """Read a public address as somebody with these headers."""
    return requests.get(platform.base + path, headers=headers, timeout=10)


def hit(platform, path: str) -> requests.Response | None:
    """Read, and give the answer if it was kept."""
    answer = read(platform, path)
    return answer if "; hit" in answer.headers["Cache-Status"] else None


def own_connections(platform) -> list[dict]:
    """Give the connections over which the gateway's cache hears."""
    vhost = platform.settings.amqp_uri.rpartition("/")[2]
    found = management(platform.settings.rabbitmq_management_uri, "GET", f"vhosts/{vhost}/connections").json()
    return [c for c in found if c.get("client_properties", {}).get("connection_name") == CONNECTION]


def offer(platform, certified, staff) -> str:
    """Put something on sale; gives its address."""
    produce = {"title": "红心猕猴桃", "description": "黑虎村", "unit": "箱", "price_fen": 5000, "stock": 7}
    listing = certified.post("/listings", produce, expect=201)["id"]
    staff["village"].post(f"/listings/{listing}/endorsement")
    return f"/listings/{listing}"


def test_a_changed_matter_is_shown_at_once_and_others_stay_kept(platform, staff):
    ours, other = read(platform, "/matters?limit=2").json()["items"]
    for one in (ours, other):
        platform.wait_for(lambda one=one: hit(platform, f"/matters/{one['id']}"))
    platform.wait_for(lambda: hit(platform, "/matters?limit=2"))
    days = 3 if ours["promise_days"] != 3 else 4
    staff["clerk"].ask("PATCH", f"/matters/{ours['id']}", {"promise_days": days}, 200)
    path = f"/matters/{ours['id']}"
    assert read(platform, path, **{"Cache-Control": "no-cache"}).json()["promise_days"] == days
    platform.wait_for(lambda: read(platform, path).json()["promise_days"] == days, 5)
    assert read(platform, "/matters?limit=2").json()["items"][0]["promise_days"] == days
    assert hit(platform, f"/matters/{other['id']}")


def test_stock_that_is_ordered_and_an_offer_that_is_withdrawn_are_shown_at_once(platform, certified, staff):
    path = offer(platform, certified, staff)
    platform.wait_for(lambda: hit(platform, path))
    certified.ask("PATCH", path, {"stock": 5}, 200)
    platform.wait_for(lambda: read(platform, path).json()["stock"] == 5, 5)
    certified.post(f"{path}/withdrawal")
    platform.wait_for(lambda: read(platform, path).status_code == 404, 5)
    assert certified.get(path)["state"] == "withdrawn"
    assert read(platform, path).status_code == 404, "what its seller was shown is kept for nobody"
    found = read(platform, f"/listings?region={VILLAGE}&limit=100").json()["items"]
    assert path.rpartition("/")[2] not in {one["id"] for one in found}


def test_what_is_sold_out_leaves_the_kept_lists_at_once(platform, certified, staff):
    path = offer(platform, certified, staff)
    shelf = f"/listings?region={VILLAGE}&limit=100"

    def is_offered() -> bool:
        return path.rpartition("/")[2] in {one["id"] for one in read(platform, shelf).json()["items"]}

    platform.wait_for(is_offered, 5)
    platform.wait_for(lambda: hit(platform, shelf))
    certified.ask("PATCH", path, {"stock": 0}, 200)
    platform.wait_for(lambda: not is_offered(), 5)
    assert read(platform, path).json()["sold_out"]


def test_the_bearer_of_a_token_gets_the_same_bytes_as_nobody(platform, staff, certified):
    for path in ("/regions/510183", "/matters?text=高龄", "/listings", "/complaint-categories"):
        nobody = read(platform, path, **{"Cache-Control": "no-cache"})
        for person in (staff["village"], certified):
            token = person.http.headers["Authorization"]
            for more in ({}, {"Cache-Control": "no-cache"}):
                answer = read(platform, path, Authorization=token, **more)
                assert (answer.content, answer.headers["ETag"]) == (nobody.content, nobody.headers["ETag"])


def test_who_signs_in_again_with_an_old_token_in_hand_is_let_in(platform, resident):
    body = {"login": resident.entered["phone"], "password": resident.entered["password"]}
    answer = requests.post(
        platform.base + "/sessions", json=body, headers={"Authorization": "Bearer old"}, timeout=10
    )
    assert answer.status_code == 201


def test_a_cut_connection_empties_the_cache_and_reads_go_on(platform):
    path = "/complaint-categories"
    platform.wait_for(lambda: hit(platform, path))
    (old,) = platform.wait_for(lambda: own_connections(platform))
    management(platform.settings.rabbitmq_management_uri, "DELETE", f"connections/{old['name']}")

    def emptied() -> bool:
        answer = read(platform, path)
        assert answer.status_code == 200
        return "; hit" not in answer.headers["Cache-Status"]

    platform.wait_for(emptied)
    platform.wait_for(lambda: hit(platform, path))


def test_operations_sees_no_alarm_and_one_line_in_the_log_for_a_kept_answer(platform):
    platform.wait_for(lambda: hit(platform, "/regions/510183"))
    name = "a-kept-answer-0001"
    assert "hit" in read(platform, "/regions/510183", **{"X-Request-Id": name}).headers["Cache-Status"]
    lines = [line for line in platform.logs().splitlines() if name in line]
    assert len(lines) == 1 and '"route":"GET /regions/{code}"' in lines[0] and '"status":200' in lines[0]
    assert requests.get(platform.base + "/readyz", timeout=10).status_code == 200
    assert "cache" not in platform.run("python", "-m", "services.chassis.operations.counters")
