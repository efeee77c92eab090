"""Whether a paper is true, for anybody who is shown one: by its number, or by its file."""

from gateway.web.declarations import EVERYBODY, Action, WebPage

PAGE = WebPage(
    "/verify",
    "核验文书真伪",
    EVERYBODY,
    acts={
        "check_number": Action("POST /paper-checks/by-number", "核验", ("number", "check"), shown=True),
        "check_file": Action("POST /paper-checks/by-file", "核验这个文件", shown=True),
    },
    sentence="别人拿来一份办事结果文书，扫码、输入文号或上传文件，就能知道真伪。",
)
