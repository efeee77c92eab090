"""The catalogue as a spreadsheet, out and in."""

from gateway.file_routes import PIECE, piece
from gateway.matter_exports import written
from gateway.routing import Routes, Upload
from gateway.spreadsheets import CSV, XLSX
from services.affairs.matters.catalogue import operations
from services.affairs.matters.catalogue.operations import MOST_IMPORTED_BYTES

routes = Routes("事项 matters", operations)
ALL = "/matter-imports"
ONE = f"{ALL}/{{import_id}}"

routes.get(
    "/matter-spreadsheets",
    operations.export_matters,
    media=(XLSX, CSV.partition(";")[0]),
    only_media=True,
    finish=written,
    seconds=15.0,
)
routes.post(f"{ALL}/begun", operations.begin_matter_import, status=201)
routes.put(f"{ALL}/begun/{{file_id}}/pieces", operations.put_matter_import_piece, collect=piece, raw=PIECE)
routes.post(
    ALL,
    operations.add_matter_import,
    status=201,
    upload=Upload(
        "spreadsheet",
        "begin_matter_import",
        "put_matter_import_piece",
        MOST_IMPORTED_BYTES,
        called="表格",
        accept=".xlsx,.csv,.txt",
    ),
)
routes.get(ALL, operations.list_matter_imports)
routes.get(ONE, operations.find_matter_import)
routes.get(f"{ONE}/lines", operations.list_matter_import_lines)
routes.post(f"{ONE}/application", operations.apply_matter_import)
