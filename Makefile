# Every command is one line here; what it does is in deploy/local.
PYTHON ?= python3
LOCAL = @$(PYTHON) -B -m deploy.local.bootstrap

.DEFAULT_GOAL := help
.PHONY: help run story stop status logs dead-letters events counters rotate-keys paper-authority module backup restore check test k8s-check k8s-rehearse faults bench bench-events bench-scale bench-overload clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the platform and keep it up until Ctrl-C (PORT=8080)
	$(LOCAL) run $(ARGS)

story: ## Run the story on the running platform
	$(LOCAL) story $(ARGS)

stop: ## Stop the platform, and whatever a killed one left behind
	$(LOCAL) stop

status: ## Show every process, its ports and whether the platform is ready
	$(LOCAL) status

logs: ## Follow all logs, some (ARGS=identity), as written (ARGS=json), or those of one request (ARGS=request=ID)
	$(LOCAL) logs $(ARGS)

dead-letters: ## List and re-drive messages that could not be handled: make dead-letters ARGS=...
	$(LOCAL) dead-letters $(ARGS)

events: ## Follow the events as they flow: make events ARGS="--since 10m identity.resident.*"
	$(LOCAL) events $(ARGS)

counters: ## Show queues, outboxes, streams and alarms: make counters ARGS=--watch
	$(LOCAL) counters $(ARGS)

rotate-keys: ## Change the keys of a service's personal data: make rotate-keys ARGS=identity
	$(LOCAL) rotate-keys $(ARGS)

paper-authority: ## Make the authority and the key that sign results on paper: make paper-authority ARGS="--to FOLDER --name 邛崃市"
	$(LOCAL) paper-authority $(ARGS)

module: ## Run what other pages call `python -m services...`: make module ARGS="services.identity.people.coverage.recount"
	$(LOCAL) module $(ARGS)

backup: ## Take a backup of all databases: BACKUP_RECIPIENTS=age1... make backup ARGS="--to FOLDER"
	$(LOCAL) backup $(ARGS)

restore: ## Restore one into a stopped platform without data: make restore ARGS="FOLDER/NAME --identity backup.key --later LATER..."
	$(LOCAL) restore $(ARGS)

check: ## Run what needs no broker and no database: lint, import rules, unit, architecture and contract tests
	$(LOCAL) check $(ARGS)

test: ## Run every check and test on a throw-away broker and database: make test ARGS="-k name"
	$(LOCAL) test $(ARGS)

k8s-check: ## Render everything that a cluster is given, and hold it to schemas, requirements and the code
	$(LOCAL) k8s-check $(ARGS)

k8s-rehearse: ## Run the cluster's manifests as containers, disturb and count, ~20 minutes, as root: make k8s-rehearse ARGS="--away 60"
	$(LOCAL) k8s-rehearse $(ARGS)

faults: ## Break everything under steady writes, count what is wrong: make faults ARGS="--writes 1000 --faults 10"
	$(LOCAL) faults $(ARGS)

bench: ## Measure requests beside a monolith and other frameworks: make bench ARGS="--rounds 1 --works list"
	$(LOCAL) bench $(ARGS)

bench-events: ## Measure what carrying an event costs, on a throw-away broker and database: make bench-events ARGS=rounds
	$(LOCAL) bench-events $(ARGS)

bench-overload: ## Ask four times what the platform can do, see what it sheds: make bench-overload ARGS=seconds
	$(LOCAL) bench-overload $(ARGS)

bench-scale: ## Measure a whole county beside a hundredth of it, ~15 minutes: make bench-scale ARGS="--share 0.1"
	$(LOCAL) bench-scale $(ARGS)

clean: ## Remove the virtual environment and ALL DATA
	$(LOCAL) clean
