"""Run a script within limits: `python -I limited.py BYTES SECONDS PROCESSOR_SECONDS SCRIPT`; imports nothing of ours.

The kernel ends it: too much memory fails to be given, SIGXCPU and SIGALRM kill, also where whoever started it is gone.
"""

import resource
import runpy
import signal
import sys

if __name__ == "__main__":
    memory, seconds, processor = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))  # first the signal that says why
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (most, most))
    signal.alarm(seconds)
    runpy.run_path(sys.argv[4], run_name="__main__")
