"""Pulling events, for departments that can read neither a stream nor a webhook."""

from gateway.routing import Routes
from services.identity.subscribers.feed import contract

routes = Routes("部门 departments", contract)
routes.get("/events", contract.pull_events)
