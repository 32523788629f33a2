"""Whether a message is about the customer's own orders. Pure; a wrong yes costs one look-up, a wrong no one tool call."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_STEMS = (
    r"order(?:s|ed)?|purchase[sd]?|deliver\w*|ship(?:ped|ping|ment|s)?|parcels?|packages?|track(?:ing)?|arriv\w+"
    r"|refund\w*|return(?:s|ed|ing)?"
    r"|cancel\w*|invoices?|receipts?|exchange[sd]?|bought|money back|charged|payments?"  # English
    r"|bestell\w*|liefer\w*|paket\w*|sendung\w*|versand\w*|rückgabe|zurück(?:geben|schicken|senden)|erstatt\w*|rückerstatt\w*"
    r"|stornier\w*|rechnung\w*|geld zurück|gekauft"
    r"|pedidos?|enví\w+|envia\w*|entreg\w+|paquetes?"
    r"|reembols\w+|devol\w+|cancel\w+|factura\w*|compr(?:a|as|é|ado)"  # Spanish, Portuguese
    r"|encomendas?|commande\w*|livr\w+|colis|rembours\w+|retour\w*|annul\w+|facture\w*|expédi\w+|achet\w+"  # Portuguese, French
    r"|ordin[eiao]\w*|spedi\w+|consegn\w+|pacc\w+|rimbors\w+|reso|resi|restitu\w+|fattur\w+|acquist\w+"  # Italian
    r"|bestelling\w*|gelever\w*|lever\w+|pakket\w*|terugbetal\w*|terugstur\w*|retourner\w*|annuler\w*|factuur"  # Dutch
    r"|zamówieni\w*|dostaw\w*|przesył\w*|paczk\w*|zwrot\w*|faktur\w*|anulowa\w*"  # Polish
    r"|beställning\w*|leverans\w*|återbetal\w*|sipariş\w*|kargo\w*|teslim\w*|iade\w*|fatura\w*"  # Swedish, Turkish
    r"|заказ\w*|доставк\w*|посылк\w*|возврат\w*|отмен\w*|замовлен\w*"  # Russian, Ukrainian
)
_WORDS = re.compile(rf"\b(?:{_STEMS})\b", re.IGNORECASE)
_UNSPACED = re.compile(
    r"订单|訂單|快递|快遞|包裹|发货|發貨|退款|退货|退貨|物流|取消|発票|发票|注文|配送|届|返金|返品|キャンセル|荷物|주문|배송|환불|반품|취소|택배"
    r"|طلب|توصيل|شحن|استرداد|إلغاء|ऑर्डर|डिलीवरी|रिफंड|वापस|คำสั่งซื้อ|จัดส่ง|คืนเงิน|พัสดุ"
)
_FOLLOW_UP = 60


def order_ids(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The company's order numbers in `text`, in upper case, each once, in order."""
    return tuple(dict.fromkeys(match[0].upper() for match in pattern.finditer(text)))


def about_orders(text: str, state: Mapping[str, Any], pattern: re.Pattern[str], recent: Sequence[str] = ()) -> bool:
    """An order number or a word for orders is in the text; or it is short and the conversation has an order at hand."""
    if pattern.search(text) or _WORDS.search(text) or _UNSPACED.search(text):
        return True
    if len(text) > _FOLLOW_UP:
        return False
    return bool(state.get("order_id")) or any(pattern.search(said) for said in recent)
