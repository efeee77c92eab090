"""What gunicorn itself says, as the other log lines are: JSON, and no address of any caller."""

from typing import Any

from gunicorn import glogging

from services.chassis.core.logs import JsonLines


class ServerLog(glogging.Logger):
    """gunicorn names callers and the addresses that they asked for; ours does not.

    Its own format wants the number of the process, which the platform's records do not hold (`logs.set_up`).
    """

    def setup(self, cfg: Any) -> None:
        """Let what gunicorn says be written as everything else is."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines("gateway"))

    def warning(self, message: object, *args: object, **kwargs: Any) -> None:
        """Log a warning unless it is about one caller."""
        if "ip=" not in str(message):
            super().warning(message, *args, **kwargs)

    def exception(self, message: object, *args: object, **kwargs: Any) -> None:
        """Log where it happened and of which kind it was; what it was about may be an address that somebody asked for."""
        said = message.partition("%")[0].strip() if isinstance(message, str) else type(message).__name__
        super().exception(said, **kwargs)

    def debug(self, message: object, *args: object, **kwargs: Any) -> None:
        """Log nothing: gunicorn's debug lines name callers."""
