"""How somebody gets in: sessions, verification codes, guest access, second factors, keys."""
