"""Where an official is signed in, and to end it there."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage

PAGE = WebPage(
    "/work/devices",
    "登录着的手机和电脑",
    OFFICIALS,
    reads={"devices": Read("GET /sessions", passed=("cursor",))},
    acts={
        "end_device_of_office": Action(
            "POST /sessions/{session_id}/ending",
            "让它退出",
            given=lambda visit: {"session_id": visit.sent.get("device", "")},
            done="那台设备已经退出。",
        ),
        "end_other_devices_of_office": Action(
            "POST /sessions/everywhere/ending",
            "除了这台，全部退出",
            given=lambda visit: {"devices": "others"},
            done="别的设备都退出了。",
        ),
    },
)
