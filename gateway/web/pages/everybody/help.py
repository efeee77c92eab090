"""How to use it, and whom to ask."""

from gateway.web.declarations import EVERYBODY, WebPage

PAGE = WebPage("/help", "帮助和电话", EVERYBODY)
