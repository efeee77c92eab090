"""Shapes of offers, their endorsement and their search."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import (
    Answer,
    Edit,
    Former,
    Id,
    Name,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.civic.files.shapes import (
    BegunFile,
    FileContent,
    FilePiece,
    ShownFile,
    TakenPiece,
    WholeFile,
    a_variant,
)
from services.civic.operation import Operation
from services.market.selling.amount_fields import in_thousandths, one_amount_is_told
from services.market.selling.amounts import UNIT
from services.market.selling.listings.model import MOST_PHOTOS as MOST_PHOTOS

STATES = ("offered", "endorsed", "declined", "withdrawn")
MOST_STOCK = 100_000
MOST_PRICE = 10_000_000
"""分 for one unit: with the most units of one order it stays an amount that `Fen` takes."""
MOST_STEP = 100 * UNIT
SORTS = {"newest": ("on_sale_since", -1), "price_asc": ("price_fen", 1), "price_desc": ("price_fen", -1)}


class OfferProduce(Shape):
    """A certified resident offers produce: `price_fen` is for one `unit`, and it is sold in multiples of `step_milli`."""

    title = Name(40, required=True, metadata={"description": "品名，如 金果猕猴桃"})
    description = Text(1000, 2, lines=True, required=True, metadata={"description": "产地、规格、采摘时间等"})
    unit = Text(10, 1, required=True, metadata={"description": "计价单位，如 箱"})
    price_fen = Whole(1, MOST_PRICE, required=True, metadata={"description": "每单位价格，分"})
    stock = Whole(1, MOST_STOCK, metadata={"description": "可售数量，整数单位"})
    stock_milli = in_thousandths(
        MOST_STOCK, metadata={"description": "可售数量，千分之一单位：2500 为 2.5 斤"}
    )
    step_milli = Whole(
        1,
        MOST_STEP,
        metadata={"description": "每份数量，千分之一单位：500 为按 0.5 斤的整数倍出售；不填按整数单位出售"},
    )

    @validates_schema
    def one_stock_is_told(self, data, **kwargs):
        """Refuse an offer of nothing, and of two amounts."""
        one_amount_is_told(data, "stock", "可售数量")


class ChangeListing(Shape):
    """The seller changes an offer; new words need a new endorsement, a new price, stock or step does not."""

    listing_id = Id(required=True)
    title = Name(40)
    description = Text(1000, 2, lines=True)
    unit = Text(10, 1)
    price_fen = Whole(1, MOST_PRICE)
    stock = Whole(0, MOST_STOCK, metadata={"description": "现在还可售的数量，不含已被订走的"})
    stock_milli = in_thousandths(MOST_STOCK, 0, metadata={"description": "同 stock，千分之一单位"})
    step_milli = Whole(1, MOST_STEP, metadata={"description": "每份数量，千分之一单位"})

    @validates_schema
    def something_is_changed(self, data, **kwargs):
        """Refuse a change of nothing."""
        if len(data) < 2:
            raise ValidationError("请至少填写一项要修改的内容。")
        one_amount_is_told(data, "stock", "可售数量", required=False)


class EndorseListing(Edit):
    """The village vouches for an offer as it was seen: words and photos may have changed since."""

    listing_id = Id(required=True)


class DeclineListing(Shape):
    """The village does not vouch, and says why."""

    listing_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class FindListing(Shape):
    """One listing by id."""

    listing_id = Id(required=True)


class FindListingOnSale(FindListing):
    """One listing by id; its seller and the officials of its region find it at this address in every state, as at /listings/offers."""


class QuoteListing(Shape):
    """What so much of a listing costs."""

    listing_id = Id(required=True)
    quantity_milli = in_thousandths(
        MOST_STOCK, required=True, metadata={"description": "要买的数量，千分之一单位：1500 为 1.5 斤"}
    )


class BeginListingPhoto(Shape):
    """The seller begins to send a photo in pieces, or asks how far it is under the same key."""

    listing_id = Id(required=True)


class PutListingPhotoPiece(FilePiece):
    """The next piece of a photo as it is, at most 255 KiB; the same again changes nothing."""

    listing_id = Id(required=True)


class AddListingPhoto(WholeFile):
    """The seller puts a photo behind the others; the village looks at the offer again, as after other words.

    Either as `multipart/form-data` with the file under `photo` (JPEG, PNG, WebP or HEIC, at most 15 MB), or by the id of one whose pieces
    were sent before.
    """

    listing_id = Id(required=True)


class FindListingPhoto(Shape):
    """A photo of what is on sale, as JPEG; its seller and the officials of its region see it in every state."""

    listing_id = Id(required=True)
    photo_id = Id(required=True)
    variant = a_variant()


class RemoveListingPhoto(Shape):
    """The seller takes a photo away; it is erased at once."""

    listing_id = Id(required=True)
    photo_id = Id(required=True)


class SearchListings(Page):
    """What is on sale and not sold out: of a region, of a seller, with words in the title; newest first unless asked otherwise."""

    region = Region(load_default=None, allow_none=True)
    text = Text(
        40,
        load_default=None,
        allow_none=True,
        metadata={"description": "品名中的字词、拼音或拼音首字母，例如 红心 猕猴桃、mht"},
    )
    seller_id = Id(load_default=None, allow_none=True, metadata={"description": "只看这位卖家的商品"})
    sort = fields.String(
        load_default="newest",
        validate=validate.OneOf(list(SORTS)),
        metadata={"description": "newest 最新上架在前，price_asc 单价从低到高，price_desc 从高到低"},
    )


class ListListings(Page):
    """The offers in an official's scope, longest waiting first."""

    state = fields.String(load_default="offered", validate=validate.OneOf(STATES))


class ListOwnListings(Page):
    """A seller's own offers, newest first; all of them, also those that are withdrawn or sold out, unless asked otherwise."""

    state = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATES))
    sold_out = fields.Boolean(
        load_default=None,
        allow_none=True,
        metadata={"description": "true 只看已售完的，false 只看还有货的"},
    )


class ListingPhoto(ShownFile):
    """A photo of a listing, upright; its sizes in pixels, large and as a thumbnail."""


class ListingOnSale(Answer):
    """A listing as everybody sees it: nothing about the seller but the village."""

    id = Id(required=True)
    region = Region(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    unit = fields.String(required=True)
    price_fen = fields.Integer(required=True)
    stock = fields.Integer(
        required=True, metadata={"description": "还可售的数量，整数单位，不足一单位的不计"}
    )
    stock_milli = fields.Integer(required=True, metadata={"description": "还可售的数量，千分之一单位"})
    step_milli = fields.Integer(required=True, metadata={"description": "每份数量，千分之一单位"})
    sold_out = fields.Boolean(required=True, metadata={"description": "剩下的已不够一份"})
    photos = fields.List(
        fields.Nested(ListingPhoto),
        attribute="photos_on_sale",
        required=True,
        metadata={"description": "照片，按展示的顺序"},
    )
    on_sale_since = Time(required=True, allow_none=True)


class Listing(ListingOnSale):
    """A listing as its seller and the village see it; `reserved` is ordered and not yet paid."""

    seller_id = Id(required=True)
    version = fields.Integer(required=True)
    photos = fields.List(
        fields.Nested(ListingPhoto),
        attribute="every_photo",
        required=True,
        metadata={"description": "照片，按展示的顺序，也含正在检查和查出病毒的"},
    )
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    reserved = fields.Integer(required=True)
    reserved_milli = fields.Integer(required=True)
    sold = fields.Integer(required=True)
    sold_milli = fields.Integer(required=True)
    reason = fields.String(allow_none=True)
    offered_at = Time(required=True)
    on_sale_since = Time(allow_none=True)
    decided_at = Time(allow_none=True)
    formerly = fields.List(fields.Nested(Former), required=True)


class Quote(Answer):
    """What so much of a listing costs now; `available` tells whether there is so much of it."""

    listing_id = Id(required=True)
    unit = fields.String(required=True)
    price_fen = fields.Integer(required=True)
    step_milli = fields.Integer(required=True)
    quantity_milli = fields.Integer(required=True)
    amount_fen = fields.Integer(
        required=True, metadata={"description": "合计，分：单价乘数量，不足一分的四舍五入"}
    )
    stock_milli = fields.Integer(required=True)
    available = fields.Boolean(required=True)


ListingOnSalePage = page_of(ListingOnSale)
ListingPage = page_of(Listing)


OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")
ENDORSERS = ("village_administrator",)

offer_produce = Operation(OfferProduce, Listing, allow=("resident",), writes=True, assurance=1)
change_listing = Operation(ChangeListing, Listing, allow=("resident",), writes=True, assurance=0)
begin_listing_photo = Operation(BeginListingPhoto, BegunFile, allow=("resident",), writes=True, assurance=0)
put_listing_photo_piece = Operation(
    PutListingPhotoPiece, TakenPiece, allow=("resident",), writes=True, assurance=0
)
add_listing_photo = Operation(AddListingPhoto, Listing, allow=("resident",), writes=True, assurance=0)
find_listing_photo = Operation(FindListingPhoto, FileContent, allow=(ANYONE,))
remove_listing_photo = Operation(RemoveListingPhoto, Listing, allow=("resident",), writes=True, assurance=0)
withdraw_listing = Operation(FindListing, Listing, allow=("resident",), writes=True, assurance=0)
endorse_listing = Operation(EndorseListing, Listing, allow=ENDORSERS, writes=True)
decline_listing = Operation(DeclineListing, Listing, allow=ENDORSERS, writes=True)
search_listings = Operation(SearchListings, ListingOnSalePage, allow=(ANYONE,))
find_listing_on_sale = Operation(FindListingOnSale, ListingOnSale, allow=(ANYONE,))
quote_listing = Operation(QuoteListing, Quote, allow=(ANYONE,))
find_listing = Operation(FindListing, Listing, allow=("resident", *OFFICIALS))
list_listings = Operation(ListListings, ListingPage, allow=OFFICIALS)
list_own_listings = Operation(ListOwnListings, ListingPage, allow=("resident",))
