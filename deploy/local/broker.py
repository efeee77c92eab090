"""The stack's own RabbitMQ: a private node with its own name, ports, cookie, user and data folder."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy.local import apt, ports
from deploy.local.folders import Folder, read_json, write_private
from deploy.local.processes import Child
from deploy.local.refusal import Refusal

# Debian's command on the PATH is a wrapper that changes to the user rabbitmq; this is the script it wraps.
DEBIAN_SCRIPT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
# The PATH of an ordinary Debian user has no sbin.
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
PLUGINS = "[rabbitmq_management,rabbitmq_stream].\n"
OTHERWISE = (
    "install RabbitMQ 3.10 or newer yourself, "
    "or give AMQP_URI and RABBITMQ_MANAGEMENT_URI of a broker you have"
)
CONFIG = """\
listeners.tcp.1 = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
stream.listeners.tcp.1 = 127.0.0.1:{stream}
default_user = {user}
default_pass = {password}
default_user_tags.administrator = true
# Enough for a laptop, and an alarm before the machine suffers.
vm_memory_high_watermark.relative = 0.3
disk_free_limit.absolute = 200MB
# Quorum queues keep their write-ahead log in memory: the default of 512 MB is made for servers.
raft.wal_max_size_bytes = 67108864
log.file.rotation.size = 5000000
log.file.rotation.count = 2
log.console = false
"""


def find_script() -> str | None:
    """Return the RabbitMQ start script that runs as any user, None when RabbitMQ is not installed."""
    found = shutil.which("rabbitmq-server", path=f"{os.environ.get('PATH', '')}:{SBIN}")
    packaged = found is not None and Path(found).parent in (Path("/usr/sbin"), Path("/sbin"))
    return str(DEBIAN_SCRIPT) if packaged and DEBIAN_SCRIPT.exists() else found


def prepare() -> str:
    """Return the start script, after installing RabbitMQ with apt-get when there is none."""
    script = find_script()
    if script is None:
        apt.install("rabbitmq-server", OTHERWISE)
        script = find_script()
    if script is None:
        raise Refusal(f"rabbitmq-server was installed, but its command is not found: {OTHERWISE}")
    return script


class Broker:
    """The private node of one state folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.home = folder.path / "rabbitmq"
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.account = self._account()
        self.ports = ports.remembered(folder, "amqp", "management", "stream", "distribution")

    def _account(self) -> dict[str, str]:
        path = self.home / "account.json"
        if not path.exists():
            # Kept, not derived again: the data folder is bound to the name, even when the project moves.
            name = hashlib.sha256(str(self.home).encode()).hexdigest()[:10]
            account = {
                "node": f"xiangzhi-{name}@localhost",
                "user": "xiangzhi",
                "password": secrets.token_hex(24),
            }
            write_private(path, json.dumps(account))
        return read_json(path)

    @property
    def amqp_uri(self) -> str:
        """The address for AMQP clients, with user and password."""
        return f"amqp://{self._login}@{ports.HOST}:{self.ports['amqp']}/%2F"

    @property
    def management_uri(self) -> str:
        """The address of the management interface, with user and password."""
        return f"http://{self._login}@{ports.HOST}:{self.ports['management']}"

    @property
    def _login(self) -> str:
        return f"{self.account['user']}:{self.account['password']}"

    def start(self, script: str) -> Child:
        """Start the node and return its process; it is not ready yet."""
        write_private(self.home / "rabbitmq.conf", CONFIG.format(**self.account, **self.ports))
        (self.home / "enabled_plugins").write_text(PLUGINS)
        (self.home / "advanced.config").write_text("[].\n")
        (self.home / "rabbitmq-env.conf").write_text("")
        child = Child("rabbitmq", [script, "-noinput"], self._env(), self.folder, kind="infra")
        child.start()
        return child

    def _env(self) -> dict[str, str]:
        # Nothing of the user's own RABBITMQ_ or ERL_ settings may leak into the private node.
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RABBITMQ_", "ERL_"))}
        home = str(self.home)
        return kept | {
            "PATH": f"{os.environ.get('PATH', '')}:{SBIN}",
            "HOME": home,
            "ERL_CRASH_DUMP": str(self.folder.logs / "rabbitmq-crash.dump"),
            "ERL_EPMD_ADDRESS": ports.HOST,
            # The script then becomes the node itself: one process, whose pid stays true.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_NODENAME": self.account["node"],
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": f"{home}/data",
            # The upgrade log goes to the base, which by default only root may write.
            "RABBITMQ_LOG_BASE": str(self.folder.logs),
            "RABBITMQ_LOGS": str(self.folder.logs / "rabbitmq-node.log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{home}/enabled_plugins",
            "RABBITMQ_CONFIG_FILE": f"{home}/rabbitmq.conf",
            "RABBITMQ_CONFIG_FILES": f"{home}/conf.d",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{home}/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": f"{home}/rabbitmq-env.conf",
        }

    def wait_ready(self, child: Child, seconds: float = 120) -> None:
        """Wait until the node takes AMQP connections; Refusal when it dies or takes too long."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            child.must_live()
            if time.monotonic() > deadline:
                raise child.died(f"was not ready after {seconds:.0f} s")
            time.sleep(0.25)

    def _answers(self) -> bool:
        url = f"http://{ports.HOST}:{self.ports['management']}/api/health/checks/port-listener/{self.ports['amqp']}"
        request = urllib.request.Request(url)
        request.add_header("Authorization", f"Basic {base64.b64encode(self._login.encode()).decode()}")
        # A proxy from the environment must not be asked about this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=2) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False
