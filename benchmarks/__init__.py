"""Measurements that run the real processes; each folder is one command of the Makefile."""
