"""How a process of the platform begins: declare, load, run, rotate keys."""
