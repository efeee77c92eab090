"""The operations of the catalogue's spreadsheets, and of a form that is written question by question; all others are in `contract.py`."""

from services.affairs.matters.catalogue.bulk import shapes
from services.affairs.matters.catalogue.bulk.batch import MOST_BYTES as MOST_IMPORTED_BYTES
from services.affairs.matters.catalogue.bulk.reading import MOST_LINES as MOST_IMPORTED_LINES
from services.affairs.matters.catalogue.contract import EDITORS, Matter
from services.affairs.matters.catalogue.form_shapes import ArrangeForm, WriteFormPage, WriteQuestion
from services.civic.files.shapes import BegunFile, TakenPiece
from services.civic.operation import Operation

MOST_IMPORTED = (MOST_IMPORTED_BYTES, MOST_IMPORTED_LINES)
"""Bytes and rows of one file, as the page says them before somebody sends one."""

export_matters = Operation(shapes.ExportMatters, shapes.MatterExport, allow=EDITORS)
list_matter_rows = Operation(shapes.ListMatterRows, shapes.MatterRowsPage, allow=("system",))
begin_matter_import = Operation(shapes.BeginMatterImport, BegunFile, allow=EDITORS, writes=True)
put_matter_import_piece = Operation(shapes.SheetPiece, TakenPiece, allow=EDITORS, writes=True)
add_matter_import = Operation(shapes.AddMatterImport, shapes.MatterImport, allow=EDITORS, writes=True)
apply_matter_import = Operation(shapes.ApplyMatterImport, shapes.MatterImport, allow=EDITORS, writes=True)
find_matter_import = Operation(shapes.FindMatterImport, shapes.MatterImport, allow=EDITORS)
list_matter_imports = Operation(shapes.ListMatterImports, shapes.MatterImportPage, allow=EDITORS)
list_matter_import_lines = Operation(shapes.ListImportLines, shapes.ImportLinePage, allow=EDITORS)

write_question = Operation(WriteQuestion, Matter, allow=EDITORS, writes=True)
write_form_page = Operation(WriteFormPage, Matter, allow=EDITORS, writes=True)
arrange_form = Operation(ArrangeForm, Matter, allow=EDITORS, writes=True)
