"""`make k8s-check`: renders every overlay and component and holds them to Kubernetes' schemas, to our requirements and to the code.

rendering -> manifests -> schemas   is it valid, for the oldest and the newest Kubernetes
                       -> rules     does it keep what we require; one function a requirement
images, alerting       -> what stands beside the manifests: image, compose file, alert rules, dashboards
"""
