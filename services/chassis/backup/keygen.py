"""Make a pair of keys for backups: `python -m services.chassis.backup.keygen > backup.key`, as `age-keygen` does.

The file opens backups: keep it where the county keeps MASTER_KEY, not on the machine that makes them. That one is told the public key,
which is printed on standard error too: BACKUP_RECIPIENTS=age1….
"""

import sys

import pyrage


def main() -> int:
    """Print the private key, with the public one as a comment; gives the exit code."""
    key = pyrage.x25519.Identity.generate()
    print(f"# public key: {key.to_public()}\n{key}")
    print(f"BACKUP_RECIPIENTS={key.to_public()}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
