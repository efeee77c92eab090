"""One resident's story through all four services, told over HTTP as the people themselves would: `make story`."""
