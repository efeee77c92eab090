"""Whether an answer is one that the description of the API names: its status, its shape, and the code of a refusal."""

import re
from dataclasses import dataclass
from functools import cached_property

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

UNCHANGED = 304
NOT_TAKEN = 405


@dataclass
class Description:
    """The description as a platform serves it."""

    spec: dict

    def problems(
        self, verb: str, path: str, status: int, answer, media: str = "application/json"
    ) -> list[str]:
        """Say what of an answer is not as described; of an address that is none, and of no content, there is nothing to say."""
        operation = self.operation_at(verb, path)
        if operation is None or status in (UNCHANGED, NOT_TAKEN):
            return []
        name = operation["operationId"]
        told = operation["responses"].get(str(status))
        if told is None:
            return [f"{name} answers {status}, which is not described: {str(answer)[:300]}"]
        if media not in told["content"]:
            return [f"{name} answers {status} as {media}, which is not described"]
        if not media.endswith("json"):
            return []
        wrong = [
            f"{name} {status} {one.json_path}: {one.message[:200]}"
            for one in self._judge(name, status, told, media, answer)
        ]
        if status >= 400 and answer["code"] not in told["x-error-codes"]:
            wrong.append(f"{name} refuses {status} with {answer['code']}, which is not described")
        return wrong

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern, str]]:
        """Give every address as a pattern, those with the fewest variables first, as the gateway decides."""
        templates = sorted(self.spec["paths"], key=lambda one: (one.count("{"), one))
        return [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one))), one) for one in templates]

    def operation_at(self, verb: str, path: str) -> dict | None:
        """Find the operation that answers at an address."""
        for pattern, template in self.patterns:
            if pattern.fullmatch(path):
                return self.spec["paths"][template].get(verb.lower())
        return None

    @cached_property
    def _judges(self) -> dict[tuple[str, int, str], Validator]:
        return {}

    def _judge(self, name: str, status: int, told: dict, media: str, answer):
        key = name, status, media
        if key not in self._judges:
            schema = {**told["content"][media]["schema"], "components": self.spec["components"]}
            self._judges[key] = Draft202012Validator(schema)
        return self._judges[key].iter_errors(answer)
