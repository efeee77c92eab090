"""A department's own access: keys, machines, readers of its stream."""

from gateway.routing import Routes
from services.identity.subscribers.accounts import contract

routes = Routes("部门 departments", contract)

routes.post("/departments/own/key-rotation", contract.rotate_department_key)
routes.post("/departments/own/machine-keys", contract.make_machine_key, status=201)
routes.delete("/departments/own/machine-keys/{key_id}", contract.revoke_machine_key)
routes.post("/departments/own/stream/readers", contract.add_stream_reader, status=201)
routes.delete("/departments/own/stream/readers/{reader}", contract.remove_stream_reader)
routes.post("/departments/own/stream/password-rotation", contract.rotate_stream_password)
