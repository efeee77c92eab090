"""One rehearsal from the first pod to the last count."""

import threading
import time

from deploy.k8s.rehearse.deployments import all_at_once
from deploy.k8s.rehearse.stage import FIRST, SECOND, Stage
from deploy.local.processes import Child
from deploy.local.progress import say
from services.chassis.amqp import transport
from services.chassis.operations.places import service_names
from services.chassis.runtime import declare
from tests.faults import recorder
from tests.faults.evidence import Evidence, gather, wait_for_rest
from tests.faults.witness import Witness
from tests.rehearsal import counting
from tests.rehearsal.disturbances import Disturbances
from tests.rehearsal.load import Load, StoryLedger
from tests.rehearsal.outside import Outside, SteadyCasting

READY_SECONDS = 180
REST_SECONDS = 600
STORY_SECONDS = 300


class Run:
    """The acts of a rehearsal, in their order."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.platform = Outside(stage)
        self.wire = stage.folder.path / "wire.jsonl"
        self.observers: list[Child] = []
        self.before: dict[str, list[str]] = {}
        self.load: Load | None = None
        self.disturbances: Disturbances | None = None
        self.evidence: Evidence | None = None

    def boot(self) -> None:
        """Declare, twice at once as two impatient operators do; load; start every pod; tell the story."""
        say("declare, twice at once")
        all_at_once(
            [
                lambda: self._said(self.stage.job("declare")),
                lambda: self.stage.job("declare", run="-again") and None,
            ]
        )
        say("load")
        self.stage.job("load")
        self._observe()
        began = time.monotonic()
        self.stage.apply(FIRST)
        self.platform.wait_ready(READY_SECONDS)
        pods = sum(len(one.pods) for one in self.stage.deployments.values())
        say(f"{pods} pods are available after {time.monotonic() - began:.0f} s")
        self.tell()

    @staticmethod
    def _said(printed: str) -> None:
        for line in printed.splitlines()[-4:]:
            say(f"  {line}"[:200])

    def _observe(self) -> None:
        """Begin to write down every delivery, and to apply every event with an effect that shows when it is done twice."""
        settings = self.platform.settings
        declare.declare_all(settings, [Witness])
        connection = transport.connect(settings.amqp_uri, "scene")
        recorder.declare(connection)
        transport.close_quietly(connection)
        self.wire.touch()
        for name, module, argument in (
            ("recorder", "tests.faults.recorder", str(self.wire)),
            ("witness", "tests.faults.hosted", "Witness"),
        ):
            child = Child(name, ["python", "-m", module, argument], self.platform.env, self.stage.folder)
            child.start()
            self.observers.append(child)

    def tell(self) -> None:
        """Tell the story, from outside as people would. Raises Refusal where a step does not hold."""
        story = Child("story", ["python", "-m", "deploy.local.story"], self.platform.env, self.stage.folder)
        story.start()
        assert story.process is not None
        if story.process.wait(STORY_SECONDS):
            raise story.died("failed")
        say(story.log.read_text("utf-8").strip().splitlines()[-1])

    def disturb(self, writers: int, away: int, only: str) -> None:
        """Let people write and read, and break one thing after the other, or those alone that `only` matches."""
        wait_for_rest(self.platform, self.wire, False, REST_SECONDS)
        evidence = gather(self.platform, self.wire, late=False)
        self.before = counting.of_the_story(evidence)
        self.load = Load(self.platform, writers, counting.told(evidence))
        self.disturbances = Disturbances(self.stage, self.load, away, only)
        self.load.begin()
        try:
            self.load.some_more()
            self.disturbances.all(say)
        finally:
            self.load.end()

    def count(self) -> dict[str, list[str]]:
        """Wait until nothing is on its way, and look."""
        assert self.load is not None and self.disturbances is not None
        seconds = wait_for_rest(self.platform, self.wire, False, REST_SECONDS)
        say(f"at rest {seconds:.0f} s after the last write")
        self.evidence = gather(self.platform, self.wire, late=False)
        return counting.findings(self.load, self.disturbances, self.evidence, self.before)

    def restore(self) -> None:
        """Destroy everything, restore the backup that was taken under load, and start again: by the page's own commands."""
        assert self.disturbances is not None
        say("destroying everything, restoring the backup")
        began = time.monotonic()
        self.stage.end_pods()
        self._destroy()
        backup = self.disturbances.backup
        pod = self.stage.by_hand("restorer")
        python = ("python", "-m")
        pod.execute(
            *python,
            "services.chassis.backup.restore",
            backup,
            "--identity",
            "/dev/stdin",
            given=str(self.stage.identity),
        )
        pod.execute(*python, "services.chassis.runtime.declare")
        pod.execute(*python, "services.chassis.backup.replay", "--manifest", backup)
        pod.execute(*python, "services.identity.subscribers.departments.reopen")
        pod.end()
        restored = time.monotonic()
        self.stage.apply(SECOND)
        self.platform.wait_ready(READY_SECONDS)
        say(f"restored in {restored - began:.0f} s, ready {time.monotonic() - restored:.0f} s later")

    def _destroy(self) -> None:
        for child in self.observers:
            assert child.process is not None
            child.process.terminate()
            child.process.wait(60)
        client = self.platform.database("identity").client
        for name in (*service_names(), "witness"):
            client.drop_database(f"{self.platform.settings.database_prefix}_{name}")
        accounts, uri = self.stage.stores.accounts, self.stage.stores.management_uri
        accounts.forget_all(uri)
        accounts.make(uri)

    def count_restored(self) -> dict[str, list[str]]:
        """See that what was written before the backup is there, and that people register, are certified and heard of everywhere."""
        assert self.load is not None and self.disturbances is not None
        evidence = gather(self.platform, self.wire, late=False)
        lost = list(counting.lost_by_restoring(self.load, self.disturbances.written_before_backup, evidence))
        try:
            # the story looks for one report among the first of a list, and the load has written many
            SteadyCasting(self.platform, StoryLedger(), threading.Event()).casts(1)
            refused = []
        except AssertionError as failure:
            refused = [str(failure)]
        return {
            "writes before the backup that a restore lost": lost,
            "people who cannot register and be heard of everywhere after it": refused,
        }
