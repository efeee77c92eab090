"""The form of a draft of the catalogue, changed question by question."""

from gateway.routing import Routes
from services.affairs.matters.catalogue import operations

routes = Routes("事项 matters", operations)
DRAFT = "/matters/{matter_id}/draft"

routes.post(f"{DRAFT}/questions", operations.write_question)
routes.post(f"{DRAFT}/form-pages", operations.write_form_page)
routes.post(f"{DRAFT}/arrangement", operations.arrange_form)
