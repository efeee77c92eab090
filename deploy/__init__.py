"""How the platform is started: on one machine (`local`), in containers, on a cluster."""
