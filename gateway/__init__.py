"""The gateway: HTTP and JSON outside, RPC inside; it knows contracts and no rules."""

__version__ = "0.2.0.dev0"
"""The platform's version, told by the descriptions of the API and of the events, and by the package."""
