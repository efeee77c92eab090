"""Payments and what is given back."""
