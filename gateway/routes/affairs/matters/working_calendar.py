"""The working days of a county."""

from gateway.routing import Routes
from services.affairs.matters.working_calendars import contract

routes = Routes("申请 applications", contract)

routes.get("/working-calendar", contract.find_working_calendar)
routes.post("/working-calendar/days", contract.change_calendar_day)
routes.post("/working-calendar/withdrawals", contract.withdraw_calendar_day)
routes.post("/working-calendar/years", contract.publish_calendar_year)
