"""Reference pages that are written from the code, so that they cannot lie: `python -m deploy.reference`."""
