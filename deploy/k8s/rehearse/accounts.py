"""Accounts of broker and database as the operators make them: from the same manifests, with the same rights and no more."""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit

import requests
from pymongo import MongoClient

from deploy.k8s.check import rendering
from deploy.k8s.check.manifests import Manifests
from deploy.local.refusal import Refusal

BROKER, DATABASE = "rabbitmq-operator", "mongodb-operator"


class BrokerAccounts:
    """Users, virtual hosts and permissions of the component rabbitmq-operator; `passwords` by user are made here."""

    def __init__(self) -> None:
        self.manifests: Manifests = rendering.component(BROKER)
        self.passwords = {one["metadata"]["name"]: odd_password() for one in self.manifests.of("User")}

    @property
    def config(self) -> str:
        """What the manifest tells the broker beyond its own settings."""
        (cluster,) = self.manifests.of("RabbitmqCluster")
        return cluster["spec"]["rabbitmq"]["additionalConfig"]

    def make(self, management_uri: str) -> None:
        """Make them all, through an administrator's address of the management API; what is there stays."""
        for one in self.manifests.of("User"):
            name = one["metadata"]["name"]
            tags = ",".join(one["spec"].get("tags", []))
            ask(
                management_uri,
                "PUT",
                f"users/{name}",
                {"password": self.passwords[name], "tags": tags},
            )
        for host in ("/", *(one["spec"]["name"] for one in self.manifests.of("Vhost"))):
            ask(management_uri, "PUT", f"vhosts/{quote(host, safe='')}", {})
        for one in self.manifests.of("Permission"):
            spec = one["spec"]
            path = f"permissions/{quote(spec['vhost'], safe='')}/{spec['userReference']['name']}"
            ask(management_uri, "PUT", path, spec["permissions"])

    def forget_all(self, management_uri: str) -> None:
        """Remove the virtual hosts with everything in them."""
        for host in ("/", *(one["spec"]["name"] for one in self.manifests.of("Vhost"))):
            ask(management_uri, "DELETE", f"vhosts/{quote(host, safe='')}")


def make_database_users(uri: str) -> dict[str, str]:
    """Make the users of the component mongodb-operator through an administrator's address; gives their passwords."""
    (database,) = rendering.component(DATABASE).of("MongoDBCommunity")
    made = {}
    client: MongoClient = MongoClient(uri)
    with client:
        for user in database["spec"]["users"]:
            made[user["name"]] = odd_password()
            roles = [{"role": one["name"], "db": one["db"]} for one in user["roles"]]
            client.admin.command("createUser", user["name"], pwd=made[user["name"]], roles=roles)
    return made


def odd_password() -> str:
    """Make a password with every character that an address has to write in another way."""
    return f"{secrets.token_urlsafe(18)}a@b:/%"


def ask(uri: str, verb: str, path: str, body: dict | None = None) -> None:
    """Ask RabbitMQ's management API to do something. Raises Refusal where it does not."""
    api = urlsplit(uri)
    url = f"http://{api.hostname}:{api.port}/api/{path}"
    answer = requests.request(verb, url, json=body, auth=(api.username or "", api.password or ""), timeout=30)
    gone = verb == "DELETE" and answer.status_code == 404
    if not (answer.ok or gone):
        raise Refusal(f"the broker refuses {verb} {path}: {answer.status_code} {answer.text[:300]}")
