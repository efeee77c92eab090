"""What a thief of the disk would find: words looked for in the raw bytes of every document of a database."""

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo.database import Database

RAW = CodecOptions(document_class=RawBSONDocument)


def plain_in(database: Database, words: list[str]) -> set[str]:
    """Give those of the words that stand in some document of some collection, in UTF-8."""
    found = set()
    for name in database.list_collection_names():
        for document in database[name].with_options(codec_options=RAW).find():
            # of a long document this is a memoryview, which looks for no words
            raw = bytes(document.raw)
            found |= {word for word in words if word.encode() in raw}
    return found


def seal_nothing(monkeypatch, *stores) -> None:
    """Switch the sealing off, to see that the words would be found."""
    for store in stores:
        monkeypatch.setattr(type(store), "personal", ())
