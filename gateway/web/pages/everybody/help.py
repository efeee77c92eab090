"""How to use it, and whom to ask."""

from gateway.web.declarations import EVERYBODY, WebPage

PAGE = WebPage("/help", "帮助和电话", EVERYBODY, sentence="不会用、办不成，打电话问谁，怎样请人代办。")
