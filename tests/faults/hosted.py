"""Run one of the run's own services as a process: `python -m tests.faults.hosted Witness|Latecomer`."""

import sys


def main(name: str) -> int:
    """Host the service until SIGTERM, exactly as `services.chassis.runtime.run` does."""
    import eventlet

    eventlet.monkey_patch()
    # everything else is imported after the patch
    from services.chassis.core import logs
    from services.chassis.core.settings import Settings
    from services.chassis.runtime.run import serve
    from tests.faults import witness

    settings = Settings.from_environment()
    logs.set_up(name.lower(), settings.log_level)
    return serve(getattr(witness, name), settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
