"""What an API server would refuse or silently drop is found without one, in every kind that we use."""

import pytest

from deploy.k8s.check import schemas
from tests.k8s.breaking import PROCESS, append, broken, drop, put, rendered

PROVINCE, VAULT, KEDA = "overlays/province", "components/external-secrets", "components/autoscaling-keda"

BREAKAGES = [
    (PROVINCE, put("Deployment/market", "spec.replica", 3)),
    (PROVINCE, put("Deployment/market", f"{PROCESS}.resources.limit", {"memory": "1Gi"})),
    (PROVINCE, put("Deployment/market", "spec.minReadySeconds", "soon")),
    (PROVINCE, drop("Deployment/market", "spec.selector")),
    (PROVINCE, put("PodDisruptionBudget/market", "apiVersion", "policy/v1beta1")),
    (PROVINCE, put("Ingress/gateway", "apiVersion", "extensions/v1beta1")),
    (PROVINCE, put("NetworkPolicy/to-dns", "spec.egres", [])),
    (PROVINCE, put("HorizontalPodAutoscaler/market", "spec.behaviour", {})),
    (PROVINCE, put("RabbitmqCluster/broker", "spec.replica", 3)),
    (PROVINCE, put("RabbitmqCluster/broker", "spec.replicas", "three")),
    (PROVINCE, append("RabbitmqCluster/broker", "spec.rabbitmq.additionalPlugins", "rabbitmq-shovel")),
    (PROVINCE, put("User/accounts", "spec.tags", ["root"])),
    (PROVINCE, drop("Permission/platform-events", "spec.vhost")),
    (PROVINCE, put("MongoDBCommunity/database", "spec.users.0.roles.0.database", "xiangzhi_identity")),
    (PROVINCE, put("MongoDBCommunity/database", "spec.users.0.scramCredentialsSecretName", "Database")),
    (PROVINCE, put("PodMonitor/platform", "spec.podMetricsEndpoints.0.pathname", "/metrics")),
    (PROVINCE, put("PodMonitor/platform", "spec.podMetricsEndpoints.0.interval", 15)),
    (PROVINCE, put("PrometheusRule/platform", "spec.groups.0.rules.0.labels", "page")),
    (VAULT, put("ExternalSecret/keys", "spec.secretStore", {"name": "county"})),
    (VAULT, put("ExternalSecret/keys", "apiVersion", "external-secrets.io/v1beta1")),
    (KEDA, put("ScaledObject/market", "spec.minReplicaCount", "3")),
    (KEDA, put("TriggerAuthentication/broker", "spec.secretTargetRefs", [])),
]


@pytest.mark.parametrize(("target", "change"), BREAKAGES)
def test_an_object_that_is_not_valid_is_found(target, change):
    assert list(schemas.problems(broken(target, change)))


@pytest.mark.parametrize("target", [PROVINCE, VAULT, KEDA])
def test_what_is_unbroken_is_valid(target):
    assert list(schemas.problems(rendered(target))) == []


def test_a_kind_without_a_schema_is_no_warning():
    changed = broken(PROVINCE, put("RabbitmqCluster/broker", "kind", "RabbitmqShovel"))
    assert any("schemas/ has none" in line for line in schemas.problems(changed))


def test_every_shipped_schema_is_used():
    used = {
        (one["apiVersion"], one["kind"]) for t in (PROVINCE, VAULT, KEDA) for one in rendered(t).documents
    }
    assert schemas.custom().keys() <= used
