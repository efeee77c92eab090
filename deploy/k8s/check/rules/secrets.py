"""Secrets come by reference, as files, to whom they belong."""

from collections.abc import Iterator

from deploy.k8s.check import code
from deploy.k8s.check.manifests import DATA, Manifests, Workload
from deploy.k8s.make_secrets import IMPORTED

FOLDER = "/run/secrets/"


def no_secret_stands_in_a_manifest(manifests: Manifests) -> Iterator[str]:
    """Neither as a Secret, which is only written otherwise, nor as a value."""
    for secret in manifests.of("Secret"):
        yield f"Secret {secret['metadata']['name']}: is written down here"
    for one in manifests.workloads:
        for name in sorted(manifests.told(one).keys() & (code.secrets() - {"SIGNING_KEY_FILE"})):
            yield f"{one.name}: {name} stands in its environment"
        if any("secretRef" in source for source in one.process.get("envFrom", [])) or any(
            "secretKeyRef" in var.get("valueFrom", {}) for var in one.process.get("env", [])
        ):
            yield f"{one.name}: has a secret in its environment, where every crash report shows it"


def every_secret_is_where_its_variable_says(manifests: Manifests) -> Iterator[str]:
    """Each *_FILE leads to a file of a Secret that is mounted, and nothing is mounted that no variable names."""
    for one in manifests.workloads:
        told = manifests.told(one)
        named = {told[name] for name in told if name.endswith("_FILE")}
        there = _files(one)
        for path in sorted(named - there):
            yield f"{one.name}: there is no file {path}"
        for path in sorted(there - named):
            yield f"{one.name}: nobody reads {path}"


def everybody_holds_the_secrets_that_they_need(manifests: Manifests) -> Iterator[str]:
    """Broker for all but `load`, database for all but the gateway, and what docs/how-to/configure.md says."""
    for one in manifests.workloads:
        needed = set(code.SECRETS_OF.get(one.name, ()))
        needed |= {"AMQP_URI"} if one.name != "load" else set()
        needed |= {"MONGODB_URI"} if one.name != "gateway" else set()
        for name in sorted(needed - _held(manifests, one)):
            yield f"{one.name}: is not given {name}"


def the_gateway_and_the_relays_cannot_open_personal_data(manifests: Manifests) -> Iterator[str]:
    """Who only passes on has no key to what is passed on; and only identity signs tokens."""
    keys = {"MASTER_KEY", "OLD_MASTER_KEY", "IDENTITY_HASH_KEY", "RECEIPT_KEY"}
    for one in manifests.workloads:
        held = _held(manifests, one)
        if one.name not in code.WITH_PERSONAL_DATA and held & keys:
            yield f"{one.name}: holds {', '.join(sorted(held & keys))}"
        if one.name != "identity" and "SIGNING_KEY_FILE" in held:
            yield f"{one.name}: could sign tokens"
        if one.name not in ("identity", *code.BY_HAND, *code.AT_NIGHT) and "RABBITMQ_MANAGEMENT_URI" in held:
            yield f"{one.name}: could make accounts of the broker"
        if one.name != "gateway" and "GATEWAY_KEY" in held:
            yield f"{one.name}: could tell who reports"


def every_secret_of_the_code_is_given_to_somebody(manifests: Manifests) -> Iterator[str]:
    """A new one would else be forgotten here."""
    held = set().union(*(_held(manifests, one) for one in manifests.workloads))
    for name in sorted(code.secrets() - held):
        yield f"{name}: the code has it, and no process is given it"


def every_process_uses_its_own_services_database_account(manifests: Manifests) -> Iterator[str]:
    """A user for each service with rights on its own database; who declares, loads or restores has one for all four, and a backup reads."""
    for one in manifests.workloads:
        secret = one.volumes.get("database", {}).get("secret", {}).get("secretName")
        others = {"backup": "operator", "restorer": "declare"}
        owner = "declare" if one.kind == "Job" else others.get(one.name, one.name.partition("-")[0])
        if one.name != "gateway" and secret != f"database-{owner}":
            yield f"{one.name}: uses the account {secret}, not database-{owner}"


def every_secret_from_the_vault_is_one_that_is_used(manifests: Manifests) -> Iterator[str]:
    """And each that is used comes from there, where the vault is used at all."""
    pulled = {
        (one["metadata"]["namespace"], one["spec"]["target"]["name"])
        for one in manifests.of("ExternalSecret")
    }
    if not pulled:
        return
    used = {
        (w.document["metadata"]["namespace"], volume["secret"]["secretName"])
        for w in manifests.workloads
        for volume in w.volumes.values()
        if "secret" in volume
    }
    used |= {(DATA, name) for name in _of_stores(manifests)}
    for namespace, name in sorted(used - pulled):
        yield f"Secret {name} of {namespace}: does not come from the vault"


def accounts_of_the_broker_are_read_by_their_operator(manifests: Manifests) -> Iterator[str]:
    """It refuses a Secret without its label since 1.20 (messaging-topology-operator#1205): nobody would ever come in."""
    for one in manifests.of("ExternalSecret", namespace=DATA):
        target = one["spec"]["target"]
        labels = target.get("template", {}).get("metadata", {}).get("labels", {})
        if target["name"].startswith("broker-") and IMPORTED.items() - labels.items():
            yield f"Secret {target['name']}: comes from the vault without the label of the Messaging Topology Operator"


def _of_stores(manifests: Manifests) -> set[str]:
    accounts = {u["spec"]["importCredentialsSecret"]["name"] for u in manifests.of("User")}
    users = [user for one in manifests.of("MongoDBCommunity") for user in one["spec"]["users"]]
    return accounts | {user["passwordSecretRef"]["name"] for user in users}


def _held(manifests: Manifests, one: Workload) -> set[str]:
    told = {name for name, value in manifests.told(one).items() if value.startswith(FOLDER)}
    return {name if name == "SIGNING_KEY_FILE" else name.removesuffix("_FILE") for name in told}


def _files(one: Workload) -> set[str]:
    """Give the paths of all files of Secrets that are mounted."""
    found = set()
    for mount in one.process.get("volumeMounts", []):
        for item in one.volumes.get(mount["name"], {}).get("secret", {}).get("items", []):
            found.add(f"{mount['mountPath']}/{item['path']}")
    return found


RULES = (
    no_secret_stands_in_a_manifest,
    every_secret_is_where_its_variable_says,
    everybody_holds_the_secrets_that_they_need,
    the_gateway_and_the_relays_cannot_open_personal_data,
    every_secret_of_the_code_is_given_to_somebody,
    every_process_uses_its_own_services_database_account,
    every_secret_from_the_vault_is_one_that_is_used,
    accounts_of_the_broker_are_read_by_their_operator,
)
