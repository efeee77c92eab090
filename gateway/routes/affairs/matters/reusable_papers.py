"""Papers that a window verified and that are used again."""

from gateway.routing import Routes
from services.affairs.matters.reusable_papers import contract

routes = Routes("证明材料 reusable papers", contract)

routes.get("/reusable-papers", contract.list_reusable_papers)
routes.delete("/reusable-papers/{paper_id}", contract.remove_reusable_paper)
