"""Counts what is asked of the database, never how long it takes."""

from pymongo import monitoring


class Asked(monitoring.CommandListener):
    """The names of the commands, in their order."""

    def __init__(self):
        self.commands: list[str] = []

    def started(self, event):
        self.commands.append(event.command_name)

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass
