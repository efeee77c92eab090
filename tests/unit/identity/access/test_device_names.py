"""A device is called what people call it."""

import pytest

from services.identity.access.sessions.devices import device_name

ANDROID = "Mozilla/5.0 (Linux; Android 14; PFTM20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0 Mobile"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{ANDROID} Safari/537.36 MicroMessenger/8.0.49 Language/zh_CN", "微信 · 安卓"),
        (f"{ANDROID} Safari/537.36", "Chrome · 安卓"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Linux"),
        ("curl/8.5.0", "curl"),
        ("x" * 300, "x" * 40),
        ("", "未知设备"),
        ("/1.0", "未知设备"),
    ],
)
def test_a_device_has_a_short_name(agent, name):
    assert device_name(agent) == name
