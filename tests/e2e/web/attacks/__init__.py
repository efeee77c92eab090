"""Attacks through the pages, each walked over all declarations: what a page added later can be attacked by is tried there as well."""
