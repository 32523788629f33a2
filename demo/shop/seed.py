"""What the shop has on its first day: products, customers and orders. Amounts are US cents."""

from datetime import date, timedelta
from typing import Any

PRODUCTS: tuple[tuple[str, str, int, str, int], ...] = (
    ("HP-1001", "Oak desk lamp", 8900, "Desk lamp of oiled oak with a linen shade, dimmable, 40 cm", 24),
    ("HP-1002", "Wool blanket, moss", 12900, "Blanket of new wool from Portugal, 140 x 200 cm, moss green", 40),
    ("HP-1003", "Stoneware mug, set of 4", 5200, "Four stoneware mugs, 300 ml, dishwasher safe", 75),
    ("HP-1004", "Linen bedding set", 18900, "Washed linen bedding, duvet cover and two pillow cases, queen size", 18),
    ("HP-1005", "Walnut side table", 24900, "Round side table of solid walnut, 45 cm", 9),
    ("HP-1006", "Brass reading light", 14900, "Wall light of brushed brass with a swivel arm", 15),
    ("HP-1007", "Cedar cutting board", 4900, "Cutting board of cedar, 30 x 45 cm, with juice groove", 60),
    ("HP-1008", "Cast iron pan, 26 cm", 7900, "Seasoned cast iron pan for all stoves, induction too", 33),
    ("HP-1009", "Lounge chair, sand", 64900, "Lounge chair with oak frame and sand coloured boucle", 4),
    ("HP-1010", "Jute rug, 160 x 230", 21900, "Hand-woven rug of natural jute", 12),
    ("HP-1011", "Cotton bath towel, set of 2", 5900, "Two heavy bath towels of organic cotton", 80),
    ("HP-1012", "Ceramic vase, tall", 6900, "Hand-thrown vase with matte white glaze, 35 cm", 22),
    ("HP-1013", "Pine bookshelf", 32900, "Open bookshelf of solid pine, five shelves, 180 cm", 7),
    ("HP-1014", "Beeswax candles, set of 6", 2900, "Six dipped candles of pure beeswax", 120),
    ("HP-1015", "Glass carafe", 3900, "Carafe of mouth-blown glass, 1 litre", 44),
    ("HP-1016", "Leather log carrier", 9900, "Carrier for firewood of vegetable-tanned leather", 14),
    ("HP-1017", "Merino throw, charcoal", 11900, "Soft throw of merino wool, 130 x 180 cm", 28),
    ("HP-1018", "Garden bench, teak", 49900, "Bench of teak for three, weatherproof", 5),
    ("HP-1019", "Enamel kettle", 6400, "Enamelled kettle for 1.5 litres, cream", 31),
    ("HP-1020", "Wall clock, maple", 7400, "Silent wall clock of maple, 30 cm", 26),
    ("HP-1021", "Gift card, $50", 5000, "Gift card, sent by e-mail, valid for three years", 9999),
    ("HP-1022", "Door mat, coir", 3400, "Door mat of coir with natural rubber, 45 x 75 cm", 52),
    ("HP-1023", "Felt slippers", 5400, "Slippers of wool felt, sizes 36 to 46", 66),
    ("HP-1024", "Oak picture frame, A3", 4400, "Frame of solid oak with glass, A3", 48),
)

CUSTOMERS: tuple[dict[str, Any], ...] = (
    {"id": "cus_demo", "name": "Alex Morgan", "language": "en", "since": "2023-04-11", "tier": "gold"},
    {"id": "cus_reyes", "name": "Jordan Reyes", "language": "es", "since": "2024-08-02", "tier": "standard"},
    {"id": "cus_weber", "name": "Hanna Weber", "language": "de", "since": "2022-01-19", "tier": "standard"},
    {"id": "cus_okafor", "name": "Chidi Okafor", "language": "en", "since": "2025-05-30", "tier": "standard"},
)


_SHIPPED = {"carrier": "UPS", "tracking_number": "1Z999AA10123456784"}


def orders(today: date) -> tuple[dict[str, Any], ...]:
    """The orders of the first day, dated around `today`, so that a demo is never out of date."""

    def day(offset: int) -> str:
        return (today + timedelta(days=offset)).isoformat()

    return (
        _order("ORD-10001", "cus_demo", "shipped", day(-6), [("HP-1001", 1)], "4242", **_SHIPPED, expected=day(3)),
        _order("ORD-10002", "cus_demo", "delivered", day(-15), [("HP-1002", 1), ("HP-1014", 2)], "4242", delivered=day(-10)),
        _order("ORD-10003", "cus_demo", "in preparation", day(-2), [("HP-1003", 2)], "4242", expected=day(6)),
        _order("ORD-10004", "cus_demo", "delivered", day(-27), [("HP-1009", 1)], "4242", delivered=day(-20), disputed=True),
        _order("ORD-10005", "cus_demo", "cancelled", day(-22), [("HP-1012", 1)], "4242"),
        _order("ORD-10006", "cus_reyes", "shipped", day(-7), [("HP-1010", 1)], "1881", carrier="DHL", tracking_number="JD0146"),
        _order("ORD-10007", "cus_reyes", "delivered", day(-23), [("HP-1008", 1)], "1881", delivered=day(-18)),
        _order("ORD-10008", "cus_weber", "in preparation", day(-3), [("HP-1004", 1)], "0005"),
        _order("ORD-10009", "cus_weber", "delivered", day(-43), [("HP-1005", 1), ("HP-1019", 1)], "0005", delivered=day(-37)),
        _order(
            "ORD-10010", "cus_okafor", "shipped", day(-5), [("HP-1011", 3)], "4444", carrier="FedEx", tracking_number="7946"
        ),
    )


def _order(
    id: str, customer: str, status: str, placed: str, items: list[tuple[str, int]], card: str, **more: Any
) -> dict[str, Any]:
    return {"id": id, "customer_id": customer, "status": status, "placed": placed, "items": items, "card": card} | more
