"""Photos of the materials of an application."""

from gateway.file_routes import photo_comes_in, photo_is_shown
from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)

ONE = "/applications/{application_id}/files/{file_id}"

photo_comes_in(
    routes,
    "/applications/{application_id}/materials/{material}/files",
    operations.begin_application_file,
    operations.put_application_file_piece,
    operations.add_application_file,
)
photo_is_shown(
    routes, ONE, operations.find_application_file, documents=("application/pdf", "application/octet-stream")
)
routes.post(f"{ONE}/openings", operations.open_original, status=201)
routes.delete(ONE, operations.remove_application_file)
