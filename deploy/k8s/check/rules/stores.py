"""Broker and database."""

from collections.abc import Iterator

from deploy.k8s.check import code
from deploy.k8s.check.manifests import DATA, Manifests
from services.chassis.core.settings import Settings
from services.chassis.operations import database_users

PREFIX = Settings.database_prefix
ACCOUNT = "mongodb-kubernetes-appdb"
"""The ServiceAccount that the operator names in the database's pods, whatever the manifest says."""
RIGHTS = {("secrets", "get"), ("pods", "get"), ("pods", "patch"), ("pods", "delete")}
"""What the agent in those pods does: as the operator's own manifest has it for its own namespace."""


def the_broker_is_three_or_knowingly_one(manifests: Manifests) -> Iterator[str]:
    """Two lose their majority with either; and one alone must not wait for others (cluster-operator#622, #805)."""
    for one in manifests.of("RabbitmqCluster"):
        spec = one["spec"]
        pauses = "pause_minority" in spec.get("rabbitmq", {}).get("additionalConfig", "")
        if spec["replicas"] not in (1, 3, 5):
            yield f"broker: {spec['replicas']} nodes have no majority worth the name"
        if (spec["replicas"] > 1) != pauses:
            yield "broker: pauses as a minority where it is alone, or does not where it is one of three"


def the_broker_ends_within_a_finite_time(manifests: Manifests) -> Iterator[str]:
    """The operator's default is a week, for which a drain would wait (cluster-operator#419, #753)."""
    for one in manifests.of("RabbitmqCluster"):
        if not 30 <= one["spec"].get("terminationGracePeriodSeconds", 604800) <= 900:
            yield "broker: waits longer than a drain can"


def broker_and_database_have_bounds_and_a_disk(manifests: Manifests) -> Iterator[str]:
    """The broker counts what it may use from its limit."""
    for one in manifests.of("RabbitmqCluster"):
        resources = one["spec"].get("resources", {})
        if not resources.get("limits", {}).get("memory") or not one["spec"].get("persistence", {}).get(
            "storage"
        ):
            yield "broker: has no memory limit or no disk"
        if resources.get("limits", {}).get("memory") != resources.get("requests", {}).get("memory"):
            yield "broker: asks for another memory than its limit"
    for one in manifests.of("MongoDBCommunity"):
        spec = one["spec"]["statefulSet"]["spec"]
        for container in spec["template"]["spec"]["containers"]:
            if not container.get("resources", {}).get("limits", {}).get("memory"):
                yield f"database: {container['name']} has no memory limit"
        if {claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]} != {
            "data-volume",
            "logs-volume",
        }:
            yield "database: has no disk of a size that somebody chose"


def the_platforms_account_is_no_administrator(manifests: Manifests) -> Iterator[str]:
    """Only the one by which identity makes departments' accounts is."""
    for one in manifests.of("User"):
        is_administrator = "administrator" in one["spec"].get("tags", [])
        if is_administrator != (one["metadata"]["name"] == "accounts"):
            yield f"broker: the account {one['metadata']['name']} has too many rights, or too few"
        if not one["spec"].get("importCredentialsSecret"):
            yield f"broker: nobody knows the password of {one['metadata']['name']} beforehand"
    vhosts = {one["spec"]["vhost"] for one in manifests.of("Permission")}
    if manifests.of("RabbitmqCluster") and not {"/", Settings.departments_vhost} <= vhosts:
        yield "broker: nobody may use one of the virtual hosts"


def whoever_comes_from_outside_comes_by_tls(manifests: Manifests) -> Iterator[str]:
    """Departments' passwords cross networks that are not ours; the other ports stay inside."""
    for one in manifests.of("Service", namespace=DATA):
        ports = [port["port"] for port in one["spec"]["ports"]]
        if one["spec"].get("type") in ("LoadBalancer", "NodePort"):
            certified = all(
                c["spec"].get("tls", {}).get("secretName") for c in manifests.of("RabbitmqCluster")
            )
            if ports != [5671] or not certified:
                yield f"{one['metadata']['name']}: opens {ports} to the outside, or has no certificate"
            if manifests.is_overlay and not manifests.config_of("settings").get("DEPARTMENTS_AMQP_URI"):
                yield "settings.env: DEPARTMENTS_AMQP_URI does not say where departments come in"


def each_service_has_rights_on_its_own_database_only(manifests: Manifests) -> Iterator[str]:
    """And who only looks may only read: just the users that `database_users` makes elsewhere (mongodb-kubernetes-operator#912)."""
    wanted = database_users.roles(code.SERVICES, PREFIX)
    for one in manifests.of("MongoDBCommunity"):
        users = {user["name"]: user["roles"] for user in one["spec"]["users"]}
        for name in sorted(wanted.keys() | users.keys()):
            if name not in users:
                yield f"database: {name} has no account"
            elif name not in wanted:
                yield f"database: nobody comes in as {name}"
            elif _sorted(users[name]) != _sorted(wanted[name]):
                yield f"database: {name} may do more than it needs, or less: {users[name]}"


def the_databases_pods_have_an_account(manifests: Manifests) -> Iterator[str]:
    """In their own namespace, where the operator makes none: no pod would ever be made (mongodb-kubernetes#489)."""
    for one in manifests.of("MongoDBCommunity"):
        namespace = one["metadata"]["namespace"]
        accounts = {
            found["metadata"]["name"] for found in manifests.of("ServiceAccount", namespace=namespace)
        }
        if ACCOUNT not in accounts:
            yield f"database: {namespace} has no ServiceAccount {ACCOUNT}"
        given = {
            binding["roleRef"]["name"]
            for binding in manifests.of("RoleBinding", namespace=namespace)
            for who in binding["subjects"]
            if (who["kind"], who["name"], who.get("namespace")) == ("ServiceAccount", ACCOUNT, namespace)
        }
        rules = [
            rule
            for role in manifests.of("Role", namespace=namespace)
            if role["metadata"]["name"] in given
            for rule in role["rules"]
        ]
        held = {(what, may) for rule in rules for what in rule["resources"] for may in rule["verbs"]}
        if held != RIGHTS:
            yield f"database: {ACCOUNT} may do {sorted(held)}, not {sorted(RIGHTS)}"


def _sorted(roles: list[dict]) -> list[tuple[str, str]]:
    return sorted((role["db"], role.get("name") or role["role"]) for role in roles)


def every_member_of_the_database_counts(manifests: Manifests) -> Iterator[str]:
    """A replica set of three, or knowingly of one; its log of slow commands would quote personal data."""
    for one in manifests.of("MongoDBCommunity"):
        spec = one["spec"]
        if spec["members"] not in (1, 3, 5):
            yield f"database: {spec['members']} members have no majority worth the name"
        if spec.get("additionalMongodConfig", {}).get("operationProfiling.slowOpSampleRate") != 0:
            yield "database: its log quotes personal data"
        names = [user["scramCredentialsSecretName"] for user in spec["users"]]
        if len(set(names)) != len(names):
            yield "database: two users share their credentials"


def logs_of_the_database_have_an_end(manifests: Manifests) -> Iterator[str]:
    """A full disk of logs takes a member down, after months (mongodb-kubernetes-operator#570, #1226): all of them are half of it at most."""
    for one in manifests.of("MongoDBCommunity"):
        agent = one["spec"].get("agent", {})
        kept = agent.get("logRotate", {})
        claims = {
            claim["metadata"]["name"]: claim["spec"]["resources"]["requests"]["storage"]
            for claim in one["spec"]["statefulSet"]["spec"].get("volumeClaimTemplates", [])
        }
        room = 1024 * int(claims.get("logs-volume", "0Gi").removesuffix("Gi"))
        if not kept or float(kept["sizeThresholdMB"]) * kept.get("numTotal", room) > room / 2:
            yield "database: its log grows until its disk is full"
        if agent.get("logFile") != "/dev/stdout":
            yield "database: the agent keeps two logs of ten files of its own on the disk of logs"


RULES = (
    the_broker_is_three_or_knowingly_one,
    the_broker_ends_within_a_finite_time,
    broker_and_database_have_bounds_and_a_disk,
    the_platforms_account_is_no_administrator,
    whoever_comes_from_outside_comes_by_tls,
    each_service_has_rights_on_its_own_database_only,
    every_member_of_the_database_counts,
    logs_of_the_database_have_an_end,
    the_databases_pods_have_an_account,
)
