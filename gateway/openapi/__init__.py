"""The API as a client sees it: OpenAPI 3.1 made from the contracts, and the pages that show it to people."""
