"""The officials' pages, desk by desk."""
