"""The routes of the peers that stand behind Flask; what is behind them is given."""

import orjson
from flask import Flask, Response, request
from jwt import PyJWTError
from marshmallow import ValidationError

from benchmarks.requests.peers.authentication import Authentication
from benchmarks.requests.peers.writes import Refused
from services.civic.settings import CivicSettings


class Routes:
    """The rows of the benchmark as routes; `behind` does or asks for the work."""

    def __init__(self, behind, settings: CivicSettings):
        self.behind = behind
        self.authentication = Authentication(settings)

    def app(self, name: str) -> Flask:
        """Make the Flask app."""
        app = Flask(name, static_folder=None)
        app.add_url_rule("/applications/<id>", view_func=self.application)
        app.add_url_rule("/applications", view_func=self.waiting)
        app.add_url_rule("/applications", view_func=self.apply, methods=["POST"])
        app.add_url_rule("/matters", view_func=self.matters)
        app.add_url_rule("/listings/<id>", view_func=self.listing)
        app.add_url_rule("/overview", view_func=self.overview)
        app.add_url_rule("/sessions", view_func=self.sign_in, methods=["POST"])
        app.register_error_handler(Refused, lambda refused: Response(status=refused.status))
        app.register_error_handler(PyJWTError, lambda error: Response(status=401))
        app.register_error_handler(ValidationError, lambda error: Response(status=400))
        return app

    def application(self, id):
        return _given(self.behind.application(self._caller("resident"), id))

    def waiting(self):
        return _given(self.behind.waiting(self._caller("official"), int(request.args.get("limit", 20))))

    def matters(self):
        return _given(self.behind.matters(request.args["text"], int(request.args.get("limit", 20))))

    def listing(self, id):
        return _given(self.behind.listing(id))

    def overview(self):
        return _given(self.behind.overview(self._caller("resident")))

    def apply(self):
        actor, key = self._caller("resident"), request.headers.get("Idempotency-Key")
        return _given(self.behind.apply(actor, key, orjson.loads(request.get_data(cache=False))), 201)

    def sign_in(self):
        return _given(self.behind.sign_in(orjson.loads(request.get_data(cache=False))), 201)

    def _caller(self, kind: str):
        actor = self.authentication.actor(request.headers.get("Authorization"), kind)
        if actor is None:
            raise Refused(403)
        return actor


def _given(answer, status: int = 200) -> Response:
    if answer is None:
        raise Refused(404)
    return Response(orjson.dumps(answer), status, content_type="application/json")
