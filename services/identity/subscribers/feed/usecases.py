"""What is done with the feed."""


def append(feed, event) -> None:
    """Give a heard event its position; a duplicate has one already."""
    feed.append(event)
