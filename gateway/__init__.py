"""The gateway: HTTP and JSON outside, RPC inside; it knows contracts and no rules."""
