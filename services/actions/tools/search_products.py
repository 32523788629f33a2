"""The shop's catalogue, searched by words."""

from pydantic import Field

from services.actions.tool import Arguments, Call, Lookup, Result, yes
from shared.contracts import Money

_MOST = 5


class SearchAsked(Arguments):
    query: str = Field(min_length=1, max_length=200, description="Words that describe the product, such as: oak desk lamp.")


class SearchProducts(Lookup[SearchAsked]):
    """Open to everybody: nothing in it is a customer's."""

    name = "search_products"
    description = "Searches the products that the shop sells, with prices and stock."
    arguments = SearchAsked
    assurance = "anonymous"

    async def run(self, call: Call, arguments: SearchAsked) -> Result:
        found = await self.means.shop.products(arguments.query, _MOST)
        return yes(
            products=[
                {
                    "sku": product.sku,
                    "name": product.name,
                    "price": str(Money(minor=product.price, currency=product.currency)),
                    "description": product.description,
                    "in_stock": product.stock > 0,
                }
                for product in found
            ]
        )


TOOL = SearchProducts
