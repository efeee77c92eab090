"""Image and compose file."""


def problems():
    return []
