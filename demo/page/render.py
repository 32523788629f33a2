"""The page as HTML, from its templates and the shop's products. Pure; every value is escaped where it enters."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template

from demo.shop.seed import PRODUCTS

SHOWN: Mapping[str, tuple[str, str]] = {
    "HP-1001": ("lamp", "Lighting"),
    "HP-1002": ("blanket", "Textiles"),
    "HP-1003": ("mugs", "Kitchen"),
    "HP-1005": ("table", "Furniture"),
    "HP-1008": ("pan", "Kitchen"),
    "HP-1009": ("chair", "Furniture"),
    "HP-1012": ("vase", "Objects"),
    "HP-1014": ("candles", "Objects"),
}
"""The products that have a drawing, with its name and their department."""


def page(*, signed_in: bool, stand_in: bool) -> str:
    """The whole document for the demo customer, or for a guest."""
    return _template("page.html").substitute(
        account=_part("account.html" if signed_in else "guest.html"),
        orders=_part("orders.html") if signed_in else "",
        products="\n".join(_product(*product) for product in PRODUCTS if product[0] in SHOWN),
        banner=_part("stand_in.html") if stand_in else "",
        token='token-url="/demo/token"' if signed_in else "",
        note=escape(_NOTE if stand_in else ""),
        suggestions=escape("|".join(_SIGNED_IN if signed_in else _GUEST)),
    )


_NOTE = "Demo: a stand-in model answers. Never share passwords here."
_SIGNED_IN = ("Where is my order ORD-10001?", "I want a refund for ORD-10002", "How long can I return things?")
_GUEST = ("How long can I return things?", "How much is shipping?", "I need a lamp")


def _product(sku: str, name: str, cents: int, description: str, stock: int) -> str:
    drawing, department = SHOWN[sku]
    scarce = f'<p class="scarce">Only {stock} left</p>' if stock < 10 else ""
    return _template("product.html").substitute(
        name=escape(name),
        price=f"${cents // 100}" if cents % 100 == 0 else f"${cents / 100:.2f}",
        description=escape(description),
        department=escape(department),
        drawing=drawing,
        scarce=scarce,
    )


def _part(name: str) -> str:
    return files("demo.page").joinpath("templates", name).read_text(encoding="utf-8")


def _template(name: str) -> Template:
    return Template(_part(name))
