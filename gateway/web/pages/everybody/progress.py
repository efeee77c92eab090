"""How far an application is, for who has its number and its code: a relative, or somebody at whose side a helper applied."""

from gateway.web.declarations import EVERYBODY, Action, WebPage

PAGE = WebPage(
    "/progress",
    "查办件进度",
    EVERYBODY,
    acts={"look_up_progress": Action("POST /application-look-ups", "查进度", ("number", "code"), shown=True)},
    trace=False,
)
