"""`make restore` erases again who was erased since, with broker and database alone: nobody can sign in before it has."""

import subprocess
import sys
from urllib.parse import urlsplit

import pyrage
import pytest

from deploy.local.folders import PROJECT
from services.chassis.events.registry import import_all
from services.chassis.storage.database import connect
from services.identity.people.residents.store import ResidentStore
from tests.e2e.platform import Platform, make_vhost
from tests.integration.identity.privacy.test_erasures import PERSON, Scene
from tests.integration.identity.privacy.test_repeated_erasures import erased

COMMAND = (
    "import sys; from pathlib import Path; from deploy.local import keeping; from deploy.local.folders import Folder; \
sys.exit(keeping.restore(Folder(Path(sys.argv[1])), sys.argv[2:]))"
)


class Lost:
    """A backup with 王秀英 in it, a later one after she was erased, and nothing else of that platform any more."""

    def __init__(self, folder, addresses):
        key = pyrage.x25519.Identity.generate()
        self.identity = folder / "backup.key"
        self.identity.write_text(str(key))
        self.platform = Platform(folder / "platform", addresses, BACKUP_RECIPIENTS=str(key.to_public()))
        self.platform.run("python", "-m", "services.chassis.runtime.declare")
        import_all()
        self.identity_database = connect(self.platform.settings, "identity")
        scene = Scene(self.identity_database)
        self.wang = scene.wang
        self.backup = self.taken(folder)
        erased(scene)
        self.later = self.taken(folder)
        self.destroy(addresses)

    def taken(self, folder) -> str:
        said = self.platform.run("python", "-m", "services.chassis.backup.take", "--to", str(folder / "backups"))  # fmt: skip
        return said.strip().splitlines()[-1]

    def destroy(self, addresses):
        self.platform.destroy()
        make_vhost(addresses, urlsplit(self.platform.settings.amqp_uri).path[1:])

    def restore(self, *arguments) -> str:
        """Run the command as `make` does, on this platform's folder; gives all that it said."""
        command = [sys.executable, "-c", COMMAND, str(self.platform.folder.path), *map(str, arguments)]
        done = subprocess.run(command, cwd=PROJECT, env=self.platform.env, capture_output=True, text=True, timeout=300)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def wang_now(self):
        return ResidentStore(self.identity_database).get(self.wang)


@pytest.fixture(scope="module")
def lost(addresses, tmp_path_factory):
    lost = Lost(tmp_path_factory.mktemp("lost"), addresses)
    yield lost
    lost.platform.stop()
    lost.identity_database.client.close()


def test_who_was_erased_since_is_gone_when_the_restore_ends(lost, addresses):
    said = lost.restore(lost.backup, "--identity", lost.identity, "--later", lost.later)
    assert "1 of 1 erasures repeated" in said and "`make run`" in said
    assert lost.wang_now.state == "erased" and lost.wang_now.name != PERSON["name"]
    assert "0 of 1 erasures repeated" in lost.restore("--later", lost.later)


def test_without_later_ones_it_says_what_to_do_first_and_that_can_be_done_alone(lost, addresses):
    lost.destroy(addresses)
    said = lost.restore(lost.backup, "--identity", lost.identity)
    assert "--later" in said and lost.wang_now.name == PERSON["name"]
    assert "1 of 1 erasures repeated" in lost.restore("--later", lost.later)
    assert lost.wang_now.state == "erased"
