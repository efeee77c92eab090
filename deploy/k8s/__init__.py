"""The platform on a cluster: manifests, and what proves them without one (`check`)."""
