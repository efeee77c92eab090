"""deploy/compose.yaml started on this machine, by the commands of its own head: podman-compose, a store and a network that are thrown away.

No registry is asked. The platform's image is the rehearsal's; those of RabbitMQ and MongoDB are stand-ins under the names that the file
gives, of Debian's RabbitMQ, the local stack's mongod and MongoDB's own shell, so that the file runs as it is, its health checks included.
"""
