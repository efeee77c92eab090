"""The divisions of a county in every edition of the codes, the crosswalks between them, and the switch of editions."""
