"""A webhook goes to public addresses only, whatever a name says today or a second later."""

import pytest

from services.chassis.core.errors import Rejected
from services.chassis.core.settings import WrongSetting
from services.civic.settings import CivicSettings
from services.identity.subscribers.webhooks.addresses import (
    OTHER_PORT,
    WITHOUT_TLS,
    Addresses,
    NotAllowed,
    is_public,
)

PUBLIC = [
    "8.8.8.8",
    "166.7.255.255",
    "166.12.0.0",
    "168.63.129.17",
    "114.114.114.114",
    "1.1.1.1",
    "2400:3200::1",
    "2606:4700::1111",
]
NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",  # carrier-grade NAT
    "127.0.0.1",
    "127.255.255.254",
    "100.100.100.200",  # Alibaba's metadata
    "100.125.1.250",  # Huawei's name servers
    "169.254.0.23",  # Tencent's metadata
    "169.254.169.254",  # a cloud's metadata
    "168.63.129.16",  # Azure's platform
    "161.26.0.10",  # IBM's name servers
    "166.8.0.1",
    "166.11.255.255",
    "192.0.0.192",  # Oracle's metadata
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "::ffff:168.63.129.16",
    "::ffff:100.100.100.200",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::6464:64c8",
    "fc00::1",
    "fd00:ec2::254",  # Amazon's metadata
    "fd20:ce::254",  # Google's
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "2400:3200::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "0177.0.0.1",
]


def addresses(*found: str, allow_local=False) -> Addresses:
    """What is allowed where every name has these addresses."""
    return Addresses(allow_local, lambda host, port: list(found))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_address_is(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_one_address_that_is_not_public_is_enough_for_a_refusal(address):
    for found in ((address,), ("8.8.8.8", address), (address, "8.8.8.8")):
        with pytest.raises(NotAllowed):
            addresses(*found).target("https://dept.example/hook")


@pytest.mark.parametrize(
    "url",
    [
        "http://dept.example/hook",
        "ftp://dept.example/hook",
        "https://user@dept.example/",
        "https://user:secret@dept.example/",
        "https://@dept.example/",
        "https://dept.example:22/",
        "https://dept.example:80/",
        "https://dept.example:0/",
        "https://dept.example:1023/",
        "https://dept.example:65536/",
        "https://dept.example:x/",
        "https://dept.example/#part",
        "https:///hook",
        "https://",
        "//dept.example/hook",
        "https://dept.example\\@inside/",
        "https://dept.example/a b",
        "https://dept.example/\r\nHost: inside",
        "https://部门.example/",
        "https://[::1/",
    ],
)
def test_an_address_of_another_form_is_refused_before_it_is_looked_up(url):
    def never(host, port):
        raise AssertionError(f"looked {host} up")

    for allow_local in (False, True):
        if allow_local and url == "http://dept.example/hook":
            continue
        with pytest.raises(NotAllowed):
            Addresses(allow_local, never if "http://" not in url else lambda host, port: ["8.8.8.8"]).target(
                url
            )


@pytest.mark.parametrize(
    ("url", "allow_local", "said"),
    [
        ("http://dept.example/x", False, WITHOUT_TLS),
        ("http://dept.example/x", True, WITHOUT_TLS),
        ("http://dept.example:22/x", False, WITHOUT_TLS),
        ("https://dept.example:22/x", False, OTHER_PORT),
        ("https://dept.example:80/x", True, OTHER_PORT),
    ],
)
def test_a_department_is_told_to_use_https_before_it_is_told_of_ports(url, allow_local, said):
    with pytest.raises(NotAllowed) as refused:
        addresses("8.8.8.8", allow_local=allow_local).target(url)
    assert str(refused.value) == said


def test_the_target_holds_every_checked_address_and_what_to_ask_for():
    target = addresses("8.8.8.8", "8.8.8.8", "2400:3200::1").target("https://dept.example:8443/hook?key=1")
    assert (target.secure, target.host, target.port, target.path) == (
        True,
        "dept.example",
        8443,
        "/hook?key=1",
    )
    assert target.addresses == ("8.8.8.8", "2400:3200::1")
    assert target.authority == "dept.example:8443"
    assert addresses("8.8.8.8").target("https://dept.example").authority == "dept.example"
    assert addresses("2400:3200::1").target("https://[2400:3200::1]/").authority == "[2400:3200::1]"


def test_a_name_that_is_public_at_first_and_private_later_is_refused_later():
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    rebinding = Addresses(False, lambda host, port: next(answers))
    assert rebinding.target("https://dept.example/").addresses == ("8.8.8.8",)
    with pytest.raises(NotAllowed):
        rebinding.target("https://dept.example/")


def test_a_name_that_is_unknown_and_one_that_is_private_are_refused_in_the_same_words():
    def unknown(host, port):
        raise OSError("no such name")

    with pytest.raises(Rejected) as first:
        Addresses(False, unknown).check("https://inside.example/")
    with pytest.raises(Rejected) as second:
        addresses("10.0.0.1").check("https://inside.example/")
    assert str(first.value) == str(second.value) and first.value.detail == second.value.detail == {}


@pytest.mark.parametrize("name", ["127.1", "2130706433", "0x7f.0.0.1", "localhost", "0"])
def test_another_spelling_of_loopback_is_loopback(name):
    with pytest.raises(NotAllowed):
        Addresses(False).target(f"https://{name}/")


@pytest.mark.parametrize(
    ("url", "found", "allowed"),
    [
        ("http://127.0.0.1:9000/", "127.0.0.1", True),
        ("https://local.example:9000/", "127.0.0.1", True),
        ("http://local.example:9000/", "::1", True),
        ("http://127.0.0.1/", "127.0.0.1", False),
        ("http://dept.example:9000/", "8.8.8.8", False),
        ("http://dept.example:9000/", "10.0.0.1", False),
        ("https://dept.example/", "10.0.0.1", False),
        ("https://dept.example/", "169.254.169.254", False),
        ("https://dept.example/", "::ffff:127.0.0.1", False),
    ],
)
def test_the_local_setting_opens_loopback_and_nothing_else(url, found, allowed):
    if allowed:
        assert addresses(found, allow_local=True).target(url).addresses == (found,)
    else:
        with pytest.raises(NotAllowed):
            addresses(found, allow_local=True).target(url)
    with pytest.raises(NotAllowed):
        addresses(found).target(url)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_the_local_setting_is_yes_or_no(text, value):
    assert CivicSettings.from_environment({"WEBHOOK_ALLOW_LOCAL": text}).webhook_allow_local is value
    assert CivicSettings.from_environment({}).webhook_allow_local is False


@pytest.mark.parametrize("text", ["yes", "2", "on", "1 "])
def test_any_other_value_of_the_local_setting_is_refused(text):
    with pytest.raises(WrongSetting, match="WEBHOOK_ALLOW_LOCAL must be 1 or 0"):
        CivicSettings.from_environment({"WEBHOOK_ALLOW_LOCAL": text})


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1"])
def test_a_network_of_the_operator_s_own_is_closed_to_webhooks_though_it_is_public(address):
    checked = Addresses(
        True,
        lambda host, port: [address],
        CivicSettings(webhook_closed_networks=("8.8.8.0/24", "2400:3200::/32")).webhook_closed_networks,
    )
    with pytest.raises(NotAllowed):
        checked.target("https://dept.example/hook")
    assert addresses(address).target("https://dept.example/hook").addresses == (address,)


@pytest.mark.parametrize("network", ["8.8.8.8/24", "dept.example", ""])
def test_a_closed_network_that_is_none_is_refused_at_start(network):
    with pytest.raises(WrongSetting, match="WEBHOOK_CLOSED_NETWORKS"):
        CivicSettings(webhook_closed_networks=(network,)).check()
