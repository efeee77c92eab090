"""Backups: all databases at one moment, encrypted to a public key, and restored into nothing.

    <name>/manifest.json    plain: when, what is in it (counts and hashes), whose keys open it; no personal data but ids
    <name>/data.age         every collection of every service, its `key_vault` too, compressed, encrypted (age-encryption.org/v1)

Commands: `take`, `restore`, `replay` (what a lost broker had is told once more), `keygen`. What of the broker is needed is no more than a
time: from when on events may not have been heard everywhere. They stand in outboxes and archives, and these in the backup.
"""
