"""How the pages are used by who sees, hears or moves less well, and what to do where they cannot be used."""

from gateway.web.declarations import EVERYBODY, WebPage

PAGE = WebPage("/help/accessibility", "无障碍说明", EVERYBODY)
