"""A refund: proposed from the shop's records, confirmed by the customer's button, made once.

The model names the order and repeats the customer's reason. Amount, payment and payee are the shop's, limits are the
assistant's file's.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from services.actions.shop import Order, Refund, ShopRefused
from services.actions.tool import Arguments, Call, Declined, Effectful, Proposed, Result, Succeeded
from shared.contracts import Money, Value
from shared.lane.reconcile import Guarantee


class RefundAsked(Arguments):
    order_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$", description="The order's number, such as ORD-10002.")
    reason: str = Field(min_length=2, max_length=300, description="Why the customer wants the refund, in their words.")


class Parameters(Value):
    """What was shown, and is done."""

    order_id: str
    reason: str
    payment: str
    amount: Money


class RefundOrder(Effectful[RefundAsked]):
    """Refunds all that is left of an order's payment. At most one refund of a payment that has not failed."""

    name = "refund_order"
    description = (
        "Proposes a refund of one order to the way it was paid. The customer confirms it with a button; nothing is "
        "refunded before that. Call it alone, once order number and reason are known."
    )
    arguments = RefundAsked

    @property
    def guarantee(self) -> Guarantee:
        """What the shop declares."""
        return self.means.shop.guarantee

    @property
    def asks(self) -> bool:
        return self.guarantee != "neither"

    async def propose(self, call: Call, arguments: RefundAsked) -> Proposed | Result:
        order = await self.means.shop.order(call.customer.id, arguments.order_id.upper())
        if order is None:
            return self.no("order_not_found", call, order_id=arguments.order_id)
        if why := _impossible(order, self.policy.limits.get("max_amount")):
            return self.no(why, call, order_id=order.id, status=order.status)
        shown = {"amount": str(order.refundable), "order": order.id, "card": order.payment.card_last4}
        payee = self._text("refund_to_card" if order.payment.card_last4 else "refund_to_payment", call, **shown)
        items = tuple(f"{item.quantity} × {item.name}" for item in order.items)
        reason = self._text("refund_reason", call, reason=arguments.reason)
        parameters = Parameters(order_id=order.id, reason=arguments.reason, payment=order.payment.id, amount=order.refundable)
        return Proposed(
            title=self._text("refund_title", call, **shown),
            parameters=parameters.model_dump(mode="json"),
            amount=order.refundable,
            details=(*items, payee, reason),
        )

    def target(self, parameters: Mapping[str, Any]) -> str:
        """The payment: whatever the reason, what is left of it is refunded once."""
        return f"refund:{parameters['payment']}"

    async def perform(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | Declined:
        wanted = Parameters.model_validate(parameters)
        try:
            made = await self.means.shop.refund(
                call.action, call.customer.id, wanted.order_id, wanted.amount.minor, wanted.reason
            )
        except ShopRefused as refused:
            known = refused.code == "exceeds_captured_amount"
            return Declined(self._text("refund_exceeds" if known else "refund_declined", call, order=wanted.order_id))
        return self._succeeded(call, wanted, made)

    async def look_up(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | None:
        made = await self.means.shop.refund_of(call.action)
        return self._succeeded(call, Parameters.model_validate(parameters), made) if made else None

    def _succeeded(self, call: Call, wanted: Parameters, made: Refund) -> Succeeded:
        amount = Money(minor=made.amount, currency=wanted.amount.currency)
        text = self._text("refund_succeeded", call, amount=str(amount), order=wanted.order_id)
        return Succeeded(text, made.id)

    def _text(self, key: str, call: Call, **fields: str) -> str:
        return self.means.texts.of(WORDS).text(key, call.language, **fields)


def _impossible(order: Order, most: int | None) -> str:
    """The text that says why this order is not refunded here; empty when it can be."""
    if order.disputed:
        return "refund_disputed"
    if not order.refundable.minor:
        return "refund_nothing_left"
    if order.status != "delivered":
        return "refund_not_delivered"
    if most is not None and order.refundable.minor > most:
        return "refund_above_limit"
    return ""


WORDS = {
    "refund_title": {
        "en": "Refund {amount} for order {order}",
        "de": "{amount} für Bestellung {order} erstatten",
        "es": "Reembolsar {amount} del pedido {order}",
        "fr": "Rembourser {amount} pour la commande {order}",
        "it": "Rimborsare {amount} per l’ordine {order}",
        "ja": "注文{order}の{amount}を返金",
        "nl": "{amount} terugbetalen voor bestelling {order}",
        "pl": "Zwrot {amount} za zamówienie {order}",
        "pt": "Reembolsar {amount} da encomenda {order}",
        "sv": "Återbetala {amount} för beställning {order}",
        "tr": "{order} numaralı sipariş için {amount} iade",
        "zh": "为订单 {order} 退款 {amount}",
    },
    "refund_to_card": {
        "en": "To the card ending in {card}",
        "de": "Auf die Karte mit den Endziffern {card}",
        "es": "A la tarjeta terminada en {card}",
        "fr": "Sur la carte se terminant par {card}",
        "it": "Sulla carta che termina con {card}",
        "ja": "末尾{card}のカードへ",
        "nl": "Naar de kaart die eindigt op {card}",
        "pl": "Na kartę o numerze kończącym się na {card}",
        "pt": "Para o cartão terminado em {card}",
        "sv": "Till kortet som slutar på {card}",
        "tr": "Sonu {card} olan karta",
        "zh": "退至尾号为 {card} 的银行卡",
    },
    "refund_to_payment": {
        "en": "To the way the order was paid",
        "de": "Auf den ursprünglichen Zahlungsweg",
        "es": "Al medio de pago original",
        "fr": "Sur le moyen de paiement d’origine",
        "it": "Sul metodo di pagamento originale",
        "ja": "ご注文時のお支払い方法へ",
        "nl": "Via de oorspronkelijke betaalmethode",
        "pl": "Na pierwotną metodę płatności",
        "pt": "Para o meio de pagamento original",
        "sv": "Till det ursprungliga betalningssättet",
        "tr": "Siparişin ödendiği yönteme",
        "zh": "退至原支付方式",
    },
    "refund_reason": {
        "en": "Reason: {reason}",
        "de": "Grund: {reason}",
        "es": "Motivo: {reason}",
        "fr": "Motif : {reason}",
        "it": "Motivo: {reason}",
        "ja": "理由：{reason}",
        "nl": "Reden: {reason}",
        "pl": "Powód: {reason}",
        "pt": "Motivo: {reason}",
        "sv": "Anledning: {reason}",
        "tr": "Neden: {reason}",
        "zh": "原因：{reason}",
    },
    "refund_succeeded": {
        "en": "Done: {amount} for order {order} was refunded. It reaches your account within 5 to 10 days.",
        "de": "Erledigt: {amount} für Bestellung {order} wurden erstattet. Das Geld ist in 5 bis 10 Tagen auf Ihrem Konto.",
        "es": "Hecho: se reembolsaron {amount} del pedido {order}. Llegarán a su cuenta en 5 a 10 días.",
        "fr": "C’est fait : {amount} ont été remboursés pour la commande {order}, sous 5 à 10 jours sur votre compte.",
        "it": "Fatto: {amount} per l’ordine {order} sono stati rimborsati. Arriveranno sul suo conto entro 5-10 giorni.",
        "ja": "完了しました。注文{order}の{amount}を返金しました。5～10日以内に口座に届きます。",
        "nl": "Gelukt: {amount} voor bestelling {order} is terugbetaald. Het staat binnen 5 tot 10 dagen op uw rekening.",
        "pl": "Gotowe: zwrócono {amount} za zamówienie {order}. Pieniądze będą na koncie w ciągu 5–10 dni.",
        "pt": "Feito: {amount} da encomenda {order} foram reembolsados. Chegam à sua conta em 5 a 10 dias.",
        "sv": "Klart: {amount} för beställning {order} har återbetalats. Pengarna finns på ditt konto inom 5 till 10 dagar.",
        "tr": "Tamamlandı: {order} numaralı sipariş için {amount} iade edildi. 5 ila 10 gün içinde hesabınıza geçer.",
        "zh": "已完成：订单 {order} 已退款 {amount}，将在 5 至 10 天内到账。",
    },
    "refund_exceeds": {
        "en": "Order {order} was not refunded: less is left of its payment than was shown. Nothing was changed.",
        "de": "Bestellung {order} wurde nicht erstattet: Von der Zahlung ist weniger übrig als gezeigt. Nichts wurde geändert.",
        "es": "El pedido {order} no se reembolsó: queda menos del pago de lo que se mostró. No se cambió nada.",
        "fr": "La commande {order} n’a pas été remboursée : il reste moins que le montant affiché. Rien n’a été modifié.",
        "it": "L’ordine {order} non è stato rimborsato: resta meno dell’importo mostrato. Non è stato modificato nulla.",
        "ja": "注文{order}は返金されませんでした。返金できる残額が表示された額より少なくなっています。変更は行われていません。",
        "nl": "Bestelling {order} is niet terugbetaald: er is minder over dan werd getoond. Er is niets gewijzigd.",
        "pl": "Nie zwrócono pieniędzy za zamówienie {order}: z płatności pozostało mniej, niż pokazano. Niczego nie zmieniono.",
        "pt": "A encomenda {order} não foi reembolsada: resta menos do pagamento do que foi mostrado. Nada foi alterado.",
        "sv": "Beställning {order} återbetalades inte: det återstår mindre än vad som visades. Inget har ändrats.",
        "tr": "{order} numaralı sipariş iade edilmedi: ödemeden kalan tutar gösterilenden az. Hiçbir şey değiştirilmedi.",
        "zh": "订单 {order} 未退款：可退余额少于所显示的金额。未作任何更改。",
    },
    "refund_declined": {
        "en": "Order {order} was not refunded: the shop declined it. Nothing was changed.",
        "de": "Bestellung {order} wurde nicht erstattet: Der Shop hat es abgelehnt. Nichts wurde geändert.",
        "es": "El pedido {order} no se reembolsó: la tienda lo rechazó. No se cambió nada.",
        "fr": "La commande {order} n’a pas été remboursée : la boutique a refusé. Rien n’a été modifié.",
        "it": "L’ordine {order} non è stato rimborsato: il negozio ha rifiutato. Non è stato modificato nulla.",
        "ja": "注文{order}は返金されませんでした。ショップが受け付けませんでした。変更は行われていません。",
        "nl": "Bestelling {order} is niet terugbetaald: de winkel heeft het geweigerd. Er is niets gewijzigd.",
        "pl": "Nie zwrócono pieniędzy za zamówienie {order}: sklep odmówił. Niczego nie zmieniono.",
        "pt": "A encomenda {order} não foi reembolsada: a loja recusou. Nada foi alterado.",
        "sv": "Beställning {order} återbetalades inte: butiken avböjde. Inget har ändrats.",
        "tr": "{order} numaralı sipariş iade edilmedi: mağaza reddetti. Hiçbir şey değiştirilmedi.",
        "zh": "订单 {order} 未退款：商店拒绝了退款。未作任何更改。",
    },
}

TOOL = RefundOrder
