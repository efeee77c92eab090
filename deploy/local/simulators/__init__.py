"""Simulators of systems outside the platform: real servers for one machine and for tests."""
