"""Signing in with WeChat and binding it; what gives tokens or where to go takes no Idempotency-Key."""

from gateway.routing import Routes
from services.identity.access.wechat import contract

routes = Routes("登录 sessions", contract)
routes.get("/wechat/sign-in", contract.begin_wechat_sign_in)
routes.post("/sessions/by-wechat", contract.sign_in_by_wechat, status=201)
routes.get("/wechat/binding", contract.find_wechat_binding)
routes.post("/wechat/binding/beginning", contract.begin_wechat_binding)
routes.post("/wechat/binding", contract.bind_wechat, status=201)
routes.post("/wechat/binding/ending", contract.end_wechat_binding)
