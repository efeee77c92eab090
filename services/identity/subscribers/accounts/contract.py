"""Shapes of what a department comes in with: its key, its machines' keys, the accounts that read its stream."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Shape, Text, Time
from services.civic.operation import Operation
from services.identity.subscribers.asking import LEFT_OUT

READER = validate.Regexp(
    r"\A[a-z0-9][a-z0-9\-]{0,19}\Z", error="名称须为 1 至 20 个小写字母、数字或 -，不以 - 开头。"
)


class RotateKey(Shape):
    """A department wants another key to sign in with; what the present one opened ends."""


class MakeMachineKey(Shape):
    """A department wants a key for one of its machines; shown once."""

    name = Text(50, 1, required=True, metadata={"description": "用途或机器名称"})


class RevokeMachineKey(Shape):
    """A machine's key opens nothing any more."""

    key_id = Id(required=True)


class UseMachineKey(Shape):
    """A machine comes with its key."""

    key = fields.String(required=True, validate=validate.Length(1, 300))


class AddReader(Shape):
    """Another program of the department reads its stream, with an account of its own."""

    name = fields.String(required=True, validate=READER, metadata={"description": "读取账户的名称"})


class RemoveReader(Shape):
    """An account that reads the stream goes, with its connections."""

    reader = fields.String(required=True, validate=READER)


class RotateStreamPassword(Shape):
    """An account that reads the stream gets another password; its connections are closed."""

    reader = fields.String(
        **LEFT_OUT, validate=READER, metadata={"description": "读取账户的名称，不填为部门自己的账户"}
    )


class StreamCredentials(Answer):
    """How the department reads its stream over AMQP 0-9-1, the one protocol that is offered: it may do this and nothing else."""

    protocol = fields.String(required=True)
    host = fields.String(required=True)
    port = fields.Integer(required=True)
    tls = fields.Boolean(required=True)
    vhost = fields.String(required=True)
    user = fields.String(required=True)
    password = fields.String(required=True)
    stream = fields.String(required=True)


class MachineKey(Answer):
    """A machine's key without its secret; `used_at` is exact to the hour."""

    id = Id(required=True)
    name = fields.String(required=True)
    made_at = Time(required=True)
    expires_at = Time(required=True)
    used_at = Time(allow_none=True)


class MadeMachineKey(MachineKey):
    """A new machine's key, shown once: the machine sends it as `Authorization: Bearer`."""

    key = fields.String(required=True)


class RotatedKey(Answer):
    """The new key with which the department signs in, shown once."""

    login = fields.String(required=True)
    key = fields.String(required=True)


class RemovedReader(Answer):
    """The name of the account that is gone."""

    reader = fields.String(required=True)


class MachineKeyHolder(Answer):
    """Whose machine comes."""

    department_id = Id(required=True)


OWNERS = ("department",)

rotate_department_key = Operation(RotateKey, RotatedKey, allow=OWNERS, writes=True, remember=False)
make_machine_key = Operation(MakeMachineKey, MadeMachineKey, allow=OWNERS, writes=True, remember=False)
revoke_machine_key = Operation(RevokeMachineKey, MachineKey, allow=OWNERS, writes=True)
machine_key_holder = Operation(UseMachineKey, MachineKeyHolder, allow=("system",), confidential=True)
add_stream_reader = Operation(AddReader, StreamCredentials, allow=OWNERS, writes=True, remember=False)
remove_stream_reader = Operation(RemoveReader, RemovedReader, allow=OWNERS, writes=True)
rotate_stream_password = Operation(
    RotateStreamPassword, StreamCredentials, allow=OWNERS, writes=True, remember=False
)
