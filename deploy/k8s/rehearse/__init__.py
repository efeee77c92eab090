"""A rehearsal without a cluster: rendered manifests run as containers, beside three brokers and a database of three members.

What kubelet, controllers and a Service do is done here as far as the manifests ask for it; what they ask for beyond that is refused
(`translator`). Load, disturbances and what is counted from outside: tests/rehearsal.
"""
