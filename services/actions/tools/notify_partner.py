"""A signed webhook to a partner that the assistant's file names. The model chooses among names, never an address."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from pydantic import Field

from services.actions.tool import Arguments, Call, Declined, Effectful, Proposed, Result, Succeeded, no
from services.actions.webhooks.sender import Undelivered
from shared.lane.reconcile import Guarantee

log = structlog.get_logger(__name__)


class NotificationAsked(Arguments):
    partner: str = Field(max_length=64, description="Who is to be notified.")
    order_id: str | None = Field(
        None, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$", description="The order that it is about, if there is one."
    )
    message: str = Field(min_length=2, max_length=1000, description="What the partner shall know, in one or two sentences.")


class NotifyPartner(Effectful[NotificationAsked]):
    """Receivers drop what they have had by `webhook-id`, as the format asks of them; so it is sent until it arrives."""

    name = "notify_partner"
    description = "Sends a notification to a partner of the shop, such as the carrier's desk, about an order."
    arguments = NotificationAsked
    kind = "webhook"
    give_up = 600.0

    @property
    def guarantee(self) -> Guarantee:
        return "keys"

    @property
    def available(self) -> bool:
        return bool(self.means.webhooks.destinations)

    def parameters(self) -> dict[str, Any]:
        schema = super().parameters()
        schema["properties"]["partner"] |= {"enum": sorted(self.means.webhooks.destinations)}
        return schema

    async def propose(self, call: Call, arguments: NotificationAsked) -> Proposed | Result:
        if arguments.partner not in self.means.webhooks.destinations:
            return no("There is no such partner.", partners=sorted(self.means.webhooks.destinations))
        order = arguments.order_id.upper() if arguments.order_id else None
        if order and await self.means.shop.order(call.customer.id, order) is None:
            return self.no("order_not_found", call, order_id=order)
        partner = arguments.partner.replace("_", " ")
        details = ((self._text("about", call, order=order),) if order else ()) + (arguments.message,)
        parameters = {
            "partner": arguments.partner,
            "order_id": order,
            "message": arguments.message,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        return Proposed(title=self._text("title", call, partner=partner), parameters=parameters, details=details)

    async def perform(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | Declined:
        partner = parameters["partner"]
        data = {"customer_id": call.customer.id, "order_id": parameters["order_id"], "message": parameters["message"]}
        event = {"type": "frontdesk.partner.notified", "timestamp": parameters["at"], "data": data}
        id = f"msg_{call.action.replace(':', '_')}"  # the same for every attempt; without dots, which the signature uses
        shown = partner.replace("_", " ")
        try:
            await self.means.webhooks.send(partner, id, event)
        except Undelivered as error:
            log.warning("webhook refused", destination=partner, reason=str(error))
            return Declined(self._text("declined", call, partner=shown))
        return Succeeded(self._text("succeeded", call, partner=shown), id)

    def _text(self, key: str, call: Call, **fields: str) -> str:
        return self.means.texts.of(WORDS).text(f"notify_{key}", call.language, **fields)


WORDS = {
    "notify_title": {
        "en": "Notify {partner}",
        "de": "{partner} benachrichtigen",
        "es": "Avisar a {partner}",
        "fr": "Prévenir {partner}",
        "it": "Avvisare {partner}",
        "ja": "{partner}に連絡",
        "nl": "{partner} informeren",
        "pl": "Powiadomić: {partner}",
        "pt": "Avisar {partner}",
        "sv": "Meddela {partner}",
        "tr": "Bilgilendir: {partner}",
        "zh": "通知 {partner}",
    },
    "notify_about": {
        "en": "About order {order}",
        "de": "Zu Bestellung {order}",
        "es": "Sobre el pedido {order}",
        "fr": "Au sujet de la commande {order}",
        "it": "Riguardo all’ordine {order}",
        "ja": "注文{order}について",
        "nl": "Over bestelling {order}",
        "pl": "Dotyczy zamówienia {order}",
        "pt": "Sobre a encomenda {order}",
        "sv": "Om beställning {order}",
        "tr": "{order} numaralı sipariş hakkında",
        "zh": "关于订单 {order}",
    },
    "notify_succeeded": {
        "en": "Done: {partner} was notified.",
        "de": "Erledigt: {partner} wurde benachrichtigt.",
        "es": "Hecho: se avisó a {partner}.",
        "fr": "C’est fait : {partner} a été prévenu.",
        "it": "Fatto: avviso inviato a {partner}.",
        "ja": "完了しました。{partner}に連絡しました。",
        "nl": "Gelukt: {partner} is geïnformeerd.",
        "pl": "Gotowe: wysłano powiadomienie ({partner}).",
        "pt": "Feito: {partner} recebeu o aviso.",
        "sv": "Klart: {partner} har meddelats.",
        "tr": "Tamamlandı: {partner} bilgilendirildi.",
        "zh": "已完成：已通知 {partner}。",
    },
    "notify_declined": {
        "en": "{partner} could not be notified.",
        "de": "{partner} konnte nicht benachrichtigt werden.",
        "es": "No se pudo avisar a {partner}.",
        "fr": "{partner} n’a pas pu être prévenu.",
        "it": "Non è stato possibile avvisare {partner}.",
        "ja": "{partner}に連絡できませんでした。",
        "nl": "{partner} kon niet worden geïnformeerd.",
        "pl": "Nie udało się wysłać powiadomienia ({partner}).",
        "pt": "Não foi possível avisar {partner}.",
        "sv": "Det gick inte att meddela {partner}.",
        "tr": "{partner} bilgilendirilemedi.",
        "zh": "未能通知 {partner}。",
    },
}

TOOL = NotifyPartner
