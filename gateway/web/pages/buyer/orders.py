"""What I bought, newest first."""

from gateway.web.declarations import RESIDENTS, Read, WebPage

PAGE = WebPage("/my/orders", "我买的", RESIDENTS, reads={"orders": Read("GET /orders", passed=("cursor",))})
