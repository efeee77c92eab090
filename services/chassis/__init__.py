"""The microservice chassis: what every service needs and that knows no village noun."""
