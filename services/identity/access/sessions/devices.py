"""A name by which people recognise a device of theirs, from what its program says of itself (User-Agent)."""

PROGRAMS = (
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
"""What a browser names, in the order in which it decides: each one also claims to be those behind it."""

LONGEST = 40
UNKNOWN = "未知设备"


def device_name(agent: str) -> str:
    """A short name, such as 微信 · 安卓; versions and models are left out, because nobody needs them."""
    known = [_first(agent, PROGRAMS), _first(agent, SYSTEMS)]
    names = [name for name in known if name]
    if not names:
        program = agent.partition("/")[0].split(" ")[0]
        names = ["".join(c for c in program if c.isprintable())[:LONGEST]]
    return " · ".join(names) or UNKNOWN


def _first(agent: str, names: tuple) -> str:
    return next((name for mark, name in names if mark in agent), "")
