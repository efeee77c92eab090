"""Who has something to get: found for all endpoints at once, so that a round asks no more for many of them than for one.

The feed is read once for those that are near its end, and each grant is applied in memory (`feed/fan_out.py`); one that is far behind, as
after a replay, reads for itself. For whom there is nothing is remembered here, and nothing is asked for them until something is written.
"""

from datetime import datetime
from typing import Any

from services.identity.subscribers.webhooks.delivery_attempt import Task, WebhookParts
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.ports import Grant, Stretch

AHEAD = 500
"""Rows of the feed that are read at once for all."""


class DueTasks:
    """Finds the tasks of a round, and keeps how far each endpoint is in its epoch."""

    def __init__(self, parts: WebhookParts):
        self.parts = parts
        self.reached: dict[str, tuple[int, int]] = {}

    def tasks(self, endpoints: list[tuple[Any, Grant, Webhook]], now: datetime) -> list[Task]:
        """What is to be done for these, none of which has a turn in hand."""
        webhooks = [webhook for _, _, webhook in endpoints if webhook.may_try(now)]
        if not webhooks:
            return []
        head = self.parts.subscriptions.delivery.feed.head()
        failing = self.parts.failures.due([one.id for one in webhooks], now)
        at, ready = self._positions(webhooks), {one.id for one in webhooks}
        ahead = self._ahead([position for position in at.values() if position < head], head)
        found = [
            Task(department, grant, webhook, at[webhook.id], webhook.id in failing, ahead)
            for department, grant, webhook in endpoints
            if webhook.id in ready
        ]
        return [one for one in found if self._has_something(one, head)]

    def _positions(self, webhooks: list[Webhook]) -> dict[str, int]:
        """How far each is; asked where it is not known, as after a turn that did not come to its end, or in a new epoch."""
        unknown = [one for one in webhooks if self.reached.get(one.id, (-1, 0))[0] != one.epoch]
        asked = self.parts.cursors.positions(unknown) if unknown else {}
        self.reached |= {one.id: (one.epoch, asked[one.id]) for one in unknown}
        return {one.id: self.reached[one.id][1] for one in webhooks}

    def _ahead(self, behind: list[int], head: int) -> Stretch | None:
        near = [position for position in behind if head - position <= AHEAD]
        return self.parts.subscriptions.delivery.stretch(min(near), AHEAD, head) if near else None

    def _has_something(self, task: Task, head: int) -> bool:
        if task.retries or task.webhook.needs_ping(task.department.webhook_url):
            return True
        if task.ahead and task.ahead.covers(task.position):
            if task.ahead.granted(task.grant, task.position):
                return True
            self.reached[task.webhook.id] = task.webhook.epoch, task.ahead.end
            return False
        return task.position < head
