"""The one-machine stack: a private broker and database, every process, and what keeps them running."""
