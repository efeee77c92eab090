"""Connections to RabbitMQ, the names that messages travel through, and publishing."""
