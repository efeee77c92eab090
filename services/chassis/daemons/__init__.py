"""Processes beside the services that work in turns: the relay, and whoever sends on what the events tell."""
