"""What everything stands on: errors, shapes, settings, logs, time, secrets. Imports no other room."""
