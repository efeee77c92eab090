"""The table of breakages: for each rule, a manifest that it must not let pass. (rule, target, changes)"""

from deploy.k8s.check.rules import (
    draining,
    flows,
    jobs,
    places,
    pods,
    probes,
    processes,
    scaling,
    secrets,
    stores,
    telling,
)
from tests.k8s.breaking import POD, PROCESS, another, append, drop, put, without

COUNTY, PROVINCE = "overlays/county", "overlays/province"
VAULT, KEDA, SINGLE = "components/external-secrets", "components/autoscaling-keda", "components/single-node"
STREAMS = "components/departments"
PRIVATE = "components/private-ca"
NGINX = "metadata.annotations[nginx.ingress.kubernetes.io/"
MARKET, GATEWAY, RELAY = "Deployment/market", "Deployment/gateway", "Deployment/market-relay"
BROKER, DATABASE = "RabbitmqCluster/broker", "MongoDBCommunity/database"
ENFORCE = "metadata.labels[pod-security.kubernetes.io/enforce]"
ACCOUNT = "ServiceAccount/mongodb-kubernetes-appdb"
ROLE, BINDING = "Role/mongodb-kubernetes-appdb", "RoleBinding/mongodb-kubernetes-appdb"
RESTORE = "metadata.labels[xiangzhi/restore]"
SHELL = ["sh", "-c", "python -m services.chassis.runtime.run market"]

OF_PROCESSES = [
    (processes.every_process_of_the_procfile_has_a_deployment, COUNTY, without(RELAY)),
    (processes.every_process_of_the_procfile_has_a_deployment, COUNTY, another(RELAY, name="market-relay-2")),
    (processes.every_command_is_the_procfiles_own, COUNTY, append(MARKET, f"{PROCESS}.command", "--fast")),
    (processes.every_command_is_the_procfiles_own, COUNTY, put("Job/declare", f"{PROCESS}.args", ["--prune"])),
    (processes.the_process_is_its_containers_first_without_a_shell, COUNTY, put(MARKET, f"{PROCESS}.command", SHELL)),
    (processes.the_process_is_its_containers_first_without_a_shell, COUNTY, drop(MARKET, f"{PROCESS}.command")),
    (processes.every_variable_is_one_of_the_settings, COUNTY, put("ConfigMap/settings", "data.MAX_WORKRES", "3")),
    (processes.every_process_would_start_with_what_it_is_told, COUNTY, put("ConfigMap/settings", "data.MAX_WORKERS", "many")),
    (processes.every_process_would_start_with_what_it_is_told, COUNTY, put("ConfigMap/settings", "data.SMS_URL", "https://sms.example")),
    (processes.worker_counts_come_from_the_manifest, COUNTY, drop("ConfigMap/settings", "data.GATEWAY_WORKERS")),
    (processes.the_gateway_listens_where_its_service_leads, COUNTY, put("ConfigMap/settings", "data.HOST", "127.0.0.1")),
    (processes.the_gateway_listens_where_its_service_leads, COUNTY, put("Service/gateway", "spec.ports.0.targetPort", "probe")),
    (processes.the_gateway_listens_where_its_service_leads, COUNTY, without("Service/gateway")),
    (processes.no_service_puts_variables_beside_the_settings, COUNTY, drop(MARKET, f"{POD}.enableServiceLinks")),
]  # fmt: skip

OF_PODS = [
    (pods.pods_keep_the_restricted_standard, COUNTY, drop(MARKET, f"{POD}.securityContext.runAsNonRoot")),
    (pods.pods_keep_the_restricted_standard, COUNTY, drop(MARKET, f"{POD}.securityContext.seccompProfile")),
    (pods.pods_keep_the_restricted_standard, COUNTY, put(MARKET, f"{POD}.hostNetwork", True)),
    (pods.pods_keep_the_restricted_standard, COUNTY, drop(MARKET, f"{PROCESS}.securityContext.allowPrivilegeEscalation")),
    (pods.pods_keep_the_restricted_standard, COUNTY, put(MARKET, f"{PROCESS}.securityContext.capabilities.add", ["NET_RAW"])),
    (pods.pods_keep_the_restricted_standard, COUNTY, put("Job/load", f"{PROCESS}.securityContext.runAsUser", 0)),
    (pods.namespaces_enforce_pod_security, COUNTY, put("Namespace/xiangzhi", ENFORCE, "baseline")),
    (pods.namespaces_enforce_pod_security, COUNTY, drop("Namespace/xiangzhi-data", ENFORCE)),
    (pods.only_tmp_is_writable, COUNTY, put(MARKET, f"{PROCESS}.securityContext.readOnlyRootFilesystem", False)),
    (pods.only_tmp_is_writable, COUNTY, append(MARKET, f"{PROCESS}.volumeMounts", {"name": "tmp", "mountPath": "/app"})),
    (pods.only_tmp_is_writable, COUNTY, append(MARKET, f"{POD}.volumes", {"name": "node", "hostPath": {"path": "/"}})),
    (pods.only_tmp_is_writable, COUNTY, append(MARKET, f"{PROCESS}.volumeMounts", {"name": "tmp", "mountPath": "/backups"})),
    (pods.a_private_authority_is_read_by_every_pod, PRIVATE, drop(RELAY, f"{PROCESS}.volumeMounts.3")),
    (pods.a_private_authority_is_read_by_every_pod, PRIVATE, put("Job/load", f"{PROCESS}.volumeMounts.3.mountPath", "/etc/ca")),
    (pods.every_container_has_a_memory_limit, COUNTY, drop(MARKET, f"{PROCESS}.resources.limits")),
    (pods.every_container_has_a_memory_limit, COUNTY, drop(RELAY, f"{PROCESS}.resources.requests.cpu")),
    (pods.nobody_speaks_with_the_cluster, COUNTY, put(MARKET, f"{POD}.automountServiceAccountToken", True)),
    (pods.every_pod_runs_the_releases_image, COUNTY, put(MARKET, f"{PROCESS}.image", "registry.example/xiangzhi:0.1.0")),
    (pods.every_pod_runs_the_releases_image, COUNTY, put("ConfigMap/release", "data.tag", "latest")),
]  # fmt: skip

OF_PROBES = [
    (probes.liveness_asks_the_process_alone, COUNTY, put(MARKET, f"{PROCESS}.livenessProbe.httpGet.path", "/readyz")),
    (probes.liveness_asks_the_process_alone, COUNTY, put(MARKET, f"{PROCESS}.livenessProbe.exec", {"command": ["true"]})),
    (probes.a_pod_is_ready_only_when_it_consumes, COUNTY, put(GATEWAY, f"{PROCESS}.readinessProbe.httpGet.path", "/livez")),
    (probes.a_pod_is_ready_only_when_it_consumes, COUNTY, drop(MARKET, f"{PROCESS}.readinessProbe")),
    (probes.probes_ask_the_port_that_the_process_is_told, COUNTY, put("ConfigMap/settings", "data.PROBE_PORT", "9191")),
    (probes.probes_ask_the_port_that_the_process_is_told, COUNTY, put(GATEWAY, f"{PROCESS}.readinessProbe.httpGet.port", "http")),
    (probes.every_path_of_a_probe_is_answered_by_the_code, COUNTY, put(MARKET, f"{PROCESS}.startupProbe.httpGet.path", "/health")),
    (probes.starting_is_waited_for_and_silence_is_borne, COUNTY, drop(MARKET, f"{PROCESS}.startupProbe")),
    (probes.starting_is_waited_for_and_silence_is_borne, COUNTY, put(MARKET, f"{PROCESS}.livenessProbe.failureThreshold", 2)),
    (probes.readiness_follows_within_ten_seconds, COUNTY, put(MARKET, f"{PROCESS}.readinessProbe.periodSeconds", 10)),
    (probes.a_rollout_takes_nobody_away_before_another_is_ready, COUNTY, put(MARKET, "spec.strategy.rollingUpdate.maxUnavailable", 1)),
    (probes.a_rollout_takes_nobody_away_before_another_is_ready, COUNTY, put(MARKET, "spec.strategy", {"type": "Recreate"})),
    (probes.a_rollout_takes_nobody_away_before_another_is_ready, COUNTY, drop(MARKET, "spec.minReadySeconds")),
]  # fmt: skip

OF_DRAINING = [
    (draining.grace_exceeds_the_worst_end, COUNTY, put(MARKET, f"{POD}.terminationGracePeriodSeconds", 25)),
    (draining.grace_exceeds_the_worst_end, COUNTY, put("ConfigMap/settings", "data.SHUTDOWN_SECONDS", "60")),
    (draining.grace_exceeds_the_worst_end, COUNTY, put(GATEWAY, f"{PROCESS}.lifecycle.preStop.sleep.seconds", 30)),
    (draining.the_gateway_answers_until_everybody_has_heard, COUNTY, drop(GATEWAY, f"{PROCESS}.lifecycle")),
    (draining.no_budget_ever_holds_up_a_drain, COUNTY, put("PodDisruptionBudget/market", "spec", {"minAvailable": 1, "selector": {}})),
    (draining.no_budget_ever_holds_up_a_drain, COUNTY, put("PodDisruptionBudget/market", "spec.minAvailable", 1)),
    (draining.no_budget_ever_holds_up_a_drain, COUNTY, without("PodDisruptionBudget/gateway")),
    (draining.a_lost_node_is_left_soon, COUNTY, drop(RELAY, f"{POD}.tolerations")),
]  # fmt: skip

OF_JOBS = [
    (jobs.migrations_are_one_job_of_their_release, COUNTY, put("Job/declare", "metadata.name", "declare")),
    (jobs.migrations_are_one_job_of_their_release, COUNTY, put("ConfigMap/release", "data.tag", "0.3.0")),
    (jobs.migrations_are_one_job_of_their_release, COUNTY, without("Job/load")),
    (jobs.migrations_are_one_job_of_their_release, COUNTY, put(MARKET, f"{POD}.initContainers", [{"name": "declare"}])),
    (jobs.a_failed_job_is_tried_again_and_keeps_its_log, COUNTY, put("Job/load", f"{POD}.restartPolicy", "Always")),
    (jobs.a_failed_job_is_tried_again_and_keeps_its_log, COUNTY, put("Job/declare", "spec.activeDeadlineSeconds", 60)),
    (jobs.every_module_that_is_run_exists, COUNTY, put(MARKET, f"{PROCESS}.command", ["python", "-m", "services.nightly"])),
    (jobs.the_order_of_a_release_is_in_its_labels, COUNTY, drop("Job/declare", "metadata.labels[xiangzhi/step]")),
    (jobs.the_order_of_a_release_is_in_its_labels, COUNTY, put(BROKER, "metadata.labels", {})),
    (jobs.the_order_of_a_release_is_in_its_labels, COUNTY, put(ACCOUNT, "metadata.labels", {})),
    (jobs.a_restore_needs_nothing_that_begins_the_platform, COUNTY, drop("Deployment/restorer", RESTORE)),
    (jobs.a_restore_needs_nothing_that_begins_the_platform, COUNTY, drop("PersistentVolumeClaim/backups", RESTORE)),
    (jobs.a_restore_needs_nothing_that_begins_the_platform, COUNTY, drop("ConfigMap/settings", RESTORE)),
    (jobs.a_restore_needs_nothing_that_begins_the_platform, COUNTY, drop("ServiceAccount/xiangzhi", RESTORE)),
    (jobs.a_restore_needs_nothing_that_begins_the_platform, COUNTY, put("Job/declare", RESTORE, "needed")),
    (jobs.applying_sets_back_what_a_restore_changed, COUNTY, drop("CronJob/backup", "spec.suspend")),
    (jobs.applying_sets_back_what_a_restore_changed, COUNTY, drop("Deployment/restorer", "spec.replicas")),
]  # fmt: skip

OF_SECRETS = [
    (secrets.no_secret_stands_in_a_manifest, COUNTY, put("ConfigMap/settings", "data.MASTER_KEY", "AAAA")),
    (secrets.no_secret_stands_in_a_manifest, COUNTY, another("ConfigMap/settings", kind="Secret", name="keys")),
    (secrets.no_secret_stands_in_a_manifest, COUNTY, append(MARKET, f"{PROCESS}.envFrom", {"secretRef": {"name": "keys"}})),
    (secrets.every_secret_is_where_its_variable_says, COUNTY, drop(MARKET, f"{PROCESS}.volumeMounts.1")),
    (secrets.every_secret_is_where_its_variable_says, COUNTY, append(MARKET, f"{PROCESS}.env", {"name": "SMS_SECRET_FILE", "value": "/run/secrets/keys/SMS"})),
    (secrets.everybody_holds_the_secrets_that_they_need, COUNTY, put(MARKET, f"{PROCESS}.env", [])),
    (secrets.the_gateway_and_the_relays_cannot_open_personal_data, COUNTY, append(RELAY, f"{PROCESS}.env", {"name": "MASTER_KEY_FILE", "value": "/run/secrets/keys/MASTER_KEY"})),
    (secrets.the_gateway_and_the_relays_cannot_open_personal_data, COUNTY, append(MARKET, f"{PROCESS}.env", {"name": "GATEWAY_KEY_FILE", "value": "/run/secrets/keys/GATEWAY_KEY"})),
    (secrets.the_gateway_and_the_relays_cannot_open_personal_data, COUNTY, append(MARKET, f"{PROCESS}.env", {"name": "SIGNING_KEY_FILE", "value": "/run/secrets/keys/SIGNING_KEY"})),
    (secrets.every_secret_of_the_code_is_given_to_somebody, COUNTY, put(GATEWAY, f"{PROCESS}.env", [])),
    (secrets.every_process_uses_its_own_services_database_account, COUNTY, put(RELAY, f"{POD}.volumes.2.secret.secretName", "database-identity")),
    (secrets.every_secret_from_the_vault_is_one_that_is_used, VAULT, without("ExternalSecret/keys")),
    (secrets.accounts_of_the_broker_are_read_by_their_operator, VAULT, drop("ExternalSecret/broker-platform", "spec.target.template")),
]  # fmt: skip

OF_STORES = [
    (stores.the_broker_is_three_or_knowingly_one, PROVINCE, put(BROKER, "spec.replicas", 2)),
    (stores.the_broker_is_three_or_knowingly_one, PROVINCE, put(BROKER, "spec.rabbitmq.additionalConfig", "")),
    (stores.the_broker_is_three_or_knowingly_one, SINGLE, put(BROKER, "spec.rabbitmq.additionalConfig", "cluster_partition_handling = pause_minority")),
    (stores.the_broker_ends_within_a_finite_time, PROVINCE, drop(BROKER, "spec.terminationGracePeriodSeconds")),
    (stores.broker_and_database_have_bounds_and_a_disk, PROVINCE, put(BROKER, "spec.resources.limits.memory", "4Gi")),
    (stores.broker_and_database_have_bounds_and_a_disk, PROVINCE, drop(BROKER, "spec.persistence")),
    (stores.broker_and_database_have_bounds_and_a_disk, PROVINCE, drop(DATABASE, "spec.statefulSet.spec.volumeClaimTemplates.1")),
    (stores.the_platforms_account_is_no_administrator, PROVINCE, put("User/platform", "spec.tags", ["administrator"])),
    (stores.the_platforms_account_is_no_administrator, PROVINCE, drop("User/platform", "spec.importCredentialsSecret")),
    (stores.whoever_comes_from_outside_comes_by_tls, STREAMS, put("Service/broker-departments", "spec.ports.0.port", 5672)),
    (stores.whoever_comes_from_outside_comes_by_tls, STREAMS, drop(BROKER, "spec.tls")),
    (stores.each_service_has_rights_on_its_own_database_only, PROVINCE, append(DATABASE, "spec.users.0.roles", {"name": "read", "db": "xiangzhi_market"})),
    (stores.each_service_has_rights_on_its_own_database_only, PROVINCE, append(DATABASE, "spec.users.5.roles", {"name": "readWrite", "db": "xiangzhi_market"})),
    (stores.each_service_has_rights_on_its_own_database_only, PROVINCE, put(DATABASE, "spec.users.4.roles.0.name", "readWriteAnyDatabase")),
    (stores.every_member_of_the_database_counts, PROVINCE, put(DATABASE, "spec.members", 2)),
    (stores.every_member_of_the_database_counts, PROVINCE, drop(DATABASE, "spec.additionalMongodConfig")),
    (stores.the_databases_pods_have_an_account, COUNTY, without(ACCOUNT)),
    (stores.the_databases_pods_have_an_account, COUNTY, put(ACCOUNT, "metadata.namespace", "xiangzhi")),
    (stores.logs_of_the_database_have_an_end, COUNTY, drop(DATABASE, "spec.agent.logRotate")),
    (stores.logs_of_the_database_have_an_end, PROVINCE, put(DATABASE, "spec.agent.logRotate.numTotal", 30)),
    (stores.logs_of_the_database_have_an_end, PROVINCE, drop(DATABASE, "spec.agent.logFile")),
    (stores.the_databases_pods_have_an_account, COUNTY, without(ROLE)),
    (stores.the_databases_pods_have_an_account, PROVINCE, without(BINDING)),
    (stores.the_databases_pods_have_an_account, PROVINCE, put(ROLE, "rules.1.verbs", ["get"])),
    (stores.the_databases_pods_have_an_account, PROVINCE, put(ROLE, "rules.0.verbs", ["get", "list"])),
    (stores.the_databases_pods_have_an_account, PROVINCE, put(BINDING, "subjects.0.name", "default")),
]  # fmt: skip

OF_FLOWS = [
    (flows.nothing_is_allowed_by_default, COUNTY, without("NetworkPolicy/nothing-by-default")),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, without("NetworkPolicy/to-broker")),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, drop("NetworkPolicy/to-dns", "spec.egress.0.ports.1")),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, put("NetworkPolicy/to-database", "spec.podSelector", {})),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, put("NetworkPolicy/from-ingress", "spec.ingress.0.from.0.podSelector", {})),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, put("NetworkPolicy/from-prometheus", "spec.ingress.0.from.0.namespaceSelector", {})),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, put("NetworkPolicy/to-providers", "spec.egress.0.to.0.ipBlock.except", [])),
    (flows.policies_allow_the_flows_of_the_table_and_no_other, COUNTY, drop("NetworkPolicy/broker-from-platform", "spec.ingress.0.ports")),
    (flows.nodes_of_the_broker_reach_each_other, PROVINCE, drop("NetworkPolicy/broker-to-broker", "spec.egress.0.ports.2")),
    (flows.nodes_of_the_broker_reach_each_other, PROVINCE, drop("NetworkPolicy/broker-from-broker", "spec.ingress.0.ports.2")),
    (flows.nodes_of_the_broker_reach_each_other, PROVINCE, put("NetworkPolicy/broker-from-broker", "spec.ingress.0.ports.2.endPort", 6010)),
]  # fmt: skip

DOWN = "spec.behavior.scaleDown"
OF_SCALING = [
    (scaling.one_deployment_has_one_master, PROVINCE, put(MARKET, "spec.replicas", 3)),
    (scaling.one_deployment_has_one_master, PROVINCE, another("HorizontalPodAutoscaler/market", name="again")),
    (scaling.one_deployment_has_one_master, PROVINCE, without(MARKET)),
    (scaling.only_who_does_more_is_scaled, PROVINCE, put("HorizontalPodAutoscaler/market", "spec.scaleTargetRef.name", "market-relay")),
    (scaling.only_who_does_more_is_scaled, PROVINCE, put(RELAY, "spec.replicas", 3)),
    (scaling.scaling_down_is_slow, PROVINCE, drop("HorizontalPodAutoscaler/market", DOWN)),
    (scaling.scaling_down_is_slow, PROVINCE, put("HorizontalPodAutoscaler/market", f"{DOWN}.policies.0.periodSeconds", 15)),
    (scaling.scaling_down_is_slow, KEDA, put("ScaledObject/market", "spec.minReplicaCount", 0)),
    (scaling.only_a_shared_queue_of_requests_is_a_trigger, KEDA, put("ScaledObject/market", "spec.triggers.0.metadata.queueName", "market.orders.v1")),
    (scaling.only_a_shared_queue_of_requests_is_a_trigger, KEDA, put("ScaledObject/market", "spec.triggers.0.metadata.host", "amqp://u:p@broker")),
    (scaling.only_a_shared_queue_of_requests_is_a_trigger, KEDA, drop("ScaledObject/market", "spec.fallback")),
    (scaling.pods_of_one_process_are_on_different_nodes, PROVINCE, drop(MARKET, f"{POD}.topologySpreadConstraints")),
]  # fmt: skip

OF_TELLING = [
    (telling.every_way_in_is_encrypted, COUNTY, drop("Ingress/gateway", "spec.tls")),
    (telling.every_way_in_is_encrypted, COUNTY, drop("Ingress/reports", f"{NGINX}force-ssl-redirect]")),
    (telling.the_way_in_has_bounds, COUNTY, drop("Ingress/gateway", f"{NGINX}proxy-body-size]")),
    (telling.the_way_in_has_bounds, COUNTY, put("Ingress/gateway", f"{NGINX}proxy-body-size]", "100k")),
    (telling.the_way_in_has_bounds, COUNTY, put("Ingress/gateway", f"{NGINX}proxy-body-size]", "12m")),
    (telling.the_way_in_has_bounds, COUNTY, put("Ingress/reports", f"{NGINX}proxy-body-size]", "16m")),
    (telling.the_way_in_has_bounds, COUNTY, drop("Ingress/gateway", f"{NGINX}limit-connections]")),
    (telling.reports_leave_no_access_log, COUNTY, drop("Ingress/reports", f"{NGINX}enable-access-log]")),
    (telling.reports_leave_no_access_log, COUNTY, put("Ingress/reports", "spec.rules.0.http.paths.0.path", "/reports/by-receipt")),
    (telling.the_gateway_knows_of_the_proxy, COUNTY, drop("ConfigMap/settings", "data.TRUSTED_PROXIES")),
    (telling.every_process_is_measured, PROVINCE, put("PodMonitor/platform", "spec.podMetricsEndpoints.0.port", "http")),
    (telling.every_process_is_measured, PROVINCE, put("PodMonitor/platform", "spec.selector.matchLabels", {"app": "market"})),
]  # fmt: skip

OF_PLACES = [
    (places.a_backup_is_encrypted_to_a_key_that_is_one, COUNTY, put("ConfigMap/settings", "data.BACKUP_RECIPIENTS", "age1qqqq")),
    (places.what_settings_env_says_is_what_processes_are_told, COUNTY, put("ConfigMap/settings", "data.TRUSTED_PROXIES", "2")),
    (places.what_settings_env_says_is_what_processes_are_told, PROVINCE, drop("ConfigMap/providers", "data.PAYMENT_URL")),
    (places.the_page_says_what_a_place_asks_for, COUNTY, put("PersistentVolumeClaim/backups", "spec.resources.requests.storage", "120Gi")),
    (places.the_page_says_what_a_place_asks_for, COUNTY, put(BROKER, "spec.persistence.storage", "20Gi")),
    (places.the_page_says_what_a_place_asks_for, PROVINCE, put(DATABASE, "spec.members", 5)),
    (places.the_page_says_what_a_place_asks_for, PROVINCE, put(BROKER, "spec.resources.requests.memory", "20Gi")),
    (places.the_page_says_what_a_place_asks_for, COUNTY, put(MARKET, f"{PROCESS}.resources.requests.cpu", "3")),
]  # fmt: skip

BREAKAGES = [
    *OF_PROCESSES, *OF_PODS, *OF_PROBES, *OF_DRAINING, *OF_JOBS, *OF_SECRETS, *OF_STORES, *OF_FLOWS, *OF_SCALING, *OF_TELLING, *OF_PLACES,
]  # fmt: skip
