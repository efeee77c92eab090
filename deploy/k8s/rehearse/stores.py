"""Broker and database beside the pods: three of each, with the accounts of the manifests, and a balancer before them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deploy.k8s.make_secrets import broker_address
from deploy.k8s.rehearse.accounts import BrokerAccounts, make_database_users
from deploy.k8s.rehearse.balancer import AMQP, MANAGEMENT, Balancer
from deploy.k8s.rehearse.brokers import Nodes
from deploy.k8s.rehearse.deployments import all_at_once
from deploy.k8s.rehearse.members import Members
from deploy.local.progress import say


class Stores:
    """Both, reached by pods and by this machine at one address."""

    def __init__(self, folder: Path, host: str):
        self.host = host
        self.accounts = BrokerAccounts()
        self.nodes = Nodes(folder / "broker", config=self.accounts.config)
        self.members = Members(folder / "database", host)
        self.balancer = Balancer(folder / "balancer", host)
        self.passwords: dict[str, str] = {}

    def start(self, alone: Mapping[int, int], people: int) -> None:
        """Start all of them; `alone` maps ports of the address to single ones of this machine, `people` is where people come to."""
        say("starting three brokers, three members of the database and haproxy")
        brokers = self.nodes.brokers
        self.balancer.start(
            [one.ports["amqp"] for one in brokers],
            [one.ports["management"] for one in brokers],
            alone,
            people,
        )
        all_at_once([self.nodes.start, self.members.start])
        self.accounts.make(self.management_uri)
        self.passwords = make_database_users(self.members.uri)

    @property
    def management_uri(self) -> str:
        """An administrator's address of the broker, past the balancer."""
        return self.nodes.brokers[0].management_uri

    @property
    def amqp_uri(self) -> str:
        """The platform's address of the broker."""
        return broker_address(
            "amqp", "platform", self.accounts.passwords["platform"], AMQP, "/%2F", self.host
        )

    def broker_secret(self) -> dict[str, str]:
        """Give what the Secret `broker` holds."""
        known = self.accounts.passwords["accounts"]
        return {
            "AMQP_URI": self.amqp_uri,
            "RABBITMQ_MANAGEMENT_URI": broker_address("http", "accounts", known, MANAGEMENT, host=self.host),
        }

    def database_secrets(self) -> dict[str, str]:
        """Give each database user's address."""
        return {user: self.members.address(user, known) for user, known in self.passwords.items()}

    def take_away(self) -> None:
        """Stop every broker and every member of the database."""
        all_at_once([lambda: self.nodes.stop(0, 1, 2), lambda: self.members.stop(0, 1, 2)])

    def bring_back(self) -> None:
        """Start them all again, and wait until they are whole."""
        all_at_once([self.nodes.begin_all, self.members.begin_all])

    def stop(self) -> None:
        """End everything at once."""
        self.nodes.stop_all()
        self.members.stop_all()
        self.balancer.stop()
