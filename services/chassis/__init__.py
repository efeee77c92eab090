"""The microservice chassis: what every service needs and that knows no village noun."""

__version__ = "0.2.0.dev0"
"""The platform's version, told by the descriptions of the API and of the events, by each process, and by the package."""
