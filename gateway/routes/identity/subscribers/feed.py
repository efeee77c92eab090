"""Pulling events, for departments that can read neither a stream nor a webhook."""

from gateway.routing import DEPARTMENTS, Routes
from services.identity.subscribers.feed import contract

routes = Routes("identity", "部门 departments")
routes.add("GET", "/events", "pull_events", contract.PullEvents, contract.Pulled, DEPARTMENTS)
