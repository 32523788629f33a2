// What the widget itself says, in the languages in which the system speaks.

const en = {
  launch: "Chat with us", close: "Close chat", anew: "New conversation", conversation: "Conversation", messages: "Messages",
  placeholder: "Write a message…", message: "Your message", send: "Send", you: "You", assistant: "Assistant", person: "Our team",
  notice: "Notice", refusal: "Not possible", online: "Usually answers at once", withPerson: "Our team answers here",
  joined: "Handed over to our team", back: "You are talking to the assistant again.",
  writing: "An answer is being written", longer: "Still working on it…", waitsForPerson: "Delivered. A person will answer here.",
  reconnecting: "Connection lost. Reconnecting…", notConnected: "No connection. Trying again…", noConnection: "Not sent: no connection.",
  unavailable: "Not sent: we cannot take messages right now.",
  again: "Try again", later: (seconds) => `Busy right now. Sending again in ${seconds} s…`,
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  confirm: "Confirm", decline: "No, do nothing", decide: "Please decide", until: (time) => `Open until ${time}`,
  accepted: "Confirmed", declined: "Declined. Nothing was changed.", void: "This is no longer open. Nothing was changed.",
  unreached: "That did not reach us. Please press again: nothing is done twice.",
  rate: "How did we do?", stars: (count) => `${count} of 5 stars`, thanks: "Thank you.", comment: "Anything to add? (optional)",
  dismiss: "Not now",
  hidden: { EMAIL: "your e-mail address", PHONE: "your phone number", CARD: "your card number", IBAN: "your bank account", SSN: "your social security number",
    IP: "your IP address", PASSWORD: "your password", SECRET: "a secret", OTHER: "hidden" },
};

const de = {
  launch: "Chat", close: "Chat schließen", anew: "Neues Gespräch", conversation: "Gespräch", messages: "Nachrichten",
  placeholder: "Nachricht schreiben…", message: "Ihre Nachricht", send: "Senden", you: "Sie", assistant: "Assistent", person: "Unser Team",
  notice: "Hinweis", refusal: "Nicht möglich", online: "Antwortet meist sofort", withPerson: "Unser Team antwortet hier",
  joined: "An unser Team übergeben", back: "Sie sprechen wieder mit dem Assistenten.",
  writing: "Eine Antwort wird geschrieben", longer: "Noch dabei…", waitsForPerson: "Zugestellt. Ein Mensch antwortet hier.",
  reconnecting: "Verbindung verloren. Neuer Versuch…", notConnected: "Keine Verbindung. Neuer Versuch…", noConnection: "Nicht gesendet: keine Verbindung.",
  unavailable: "Nicht gesendet: wir können gerade nichts annehmen.",
  again: "Noch einmal", later: (seconds) => `Gerade viel los. Neuer Versuch in ${seconds} s…`,
  unread: (count) => (count === 1 ? "1 neue Nachricht" : `${count} neue Nachrichten`),
  confirm: "Bestätigen", decline: "Nein, nichts tun", decide: "Bitte entscheiden", until: (time) => `Offen bis ${time}`,
  accepted: "Bestätigt", declined: "Abgelehnt. Nichts wurde geändert.", void: "Das ist nicht mehr offen. Nichts wurde geändert.",
  unreached: "Das kam nicht an. Bitte noch einmal drücken: nichts geschieht doppelt.",
  rate: "Wie war es?", stars: (count) => `${count} von 5 Sternen`, thanks: "Vielen Dank.", comment: "Möchten Sie etwas ergänzen?",
  dismiss: "Nicht jetzt",
  hidden: { EMAIL: "Ihre E-Mail-Adresse", PHONE: "Ihre Telefonnummer", CARD: "Ihre Kartennummer", IBAN: "Ihr Bankkonto", SSN: "Ihre Sozialversicherungsnummer",
    IP: "Ihre IP-Adresse", PASSWORD: "Ihr Passwort", SECRET: "ein Geheimnis", OTHER: "verborgen" },
};

const es = {
  launch: "Chatear", close: "Cerrar el chat", anew: "Nueva conversación", conversation: "Conversación", messages: "Mensajes",
  placeholder: "Escriba un mensaje…", message: "Su mensaje", send: "Enviar", you: "Usted", assistant: "Asistente", person: "Nuestro equipo",
  notice: "Aviso", refusal: "No es posible", online: "Suele responder enseguida", withPerson: "Responde nuestro equipo",
  joined: "Pasado a nuestro equipo", back: "Vuelve a hablar con el asistente.",
  writing: "Se está escribiendo una respuesta", longer: "Seguimos en ello…", waitsForPerson: "Entregado. Una persona responderá aquí.",
  reconnecting: "Conexión perdida. Reconectando…", notConnected: "Sin conexión. Reintentando…", noConnection: "No enviado: sin conexión.",
  unavailable: "No enviado: ahora no podemos recibir mensajes.",
  again: "Reintentar", later: (seconds) => `Mucha demanda. Nuevo intento en ${seconds} s…`,
  unread: (count) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
  confirm: "Confirmar", decline: "No, no hacer nada", decide: "Decida, por favor", until: (time) => `Abierto hasta las ${time}`,
  accepted: "Confirmado", declined: "Rechazado. No se ha cambiado nada.", void: "Ya no está abierto. No se ha cambiado nada.",
  unreached: "No nos ha llegado. Pulse otra vez: nada se hace dos veces.",
  rate: "¿Qué tal lo hicimos?", stars: (count) => `${count} de 5 estrellas`, thanks: "Gracias.", comment: "¿Algo que añadir? (opcional)",
  dismiss: "Ahora no",
  hidden: { EMAIL: "su correo electrónico", PHONE: "su teléfono", CARD: "su número de tarjeta", IBAN: "su cuenta bancaria", SSN: "su número de seguridad social",
    IP: "su dirección IP", PASSWORD: "su contraseña", SECRET: "un secreto", OTHER: "oculto" },
};

const fr = {
  launch: "Discuter", close: "Fermer le chat", anew: "Nouvelle conversation", conversation: "Conversation", messages: "Messages",
  placeholder: "Écrivez un message…", message: "Votre message", send: "Envoyer", you: "Vous", assistant: "Assistant", person: "Notre équipe",
  notice: "Information", refusal: "Impossible", online: "Répond en général aussitôt", withPerson: "Notre équipe répond ici",
  joined: "Transmis à notre équipe", back: "Vous parlez de nouveau à l'assistant.",
  writing: "Une réponse est en cours", longer: "Encore un instant…", waitsForPerson: "Remis. Une personne répondra ici.",
  reconnecting: "Connexion perdue. Nouvel essai…", notConnected: "Pas de connexion. Nouvel essai…", noConnection: "Non envoyé : pas de connexion.",
  unavailable: "Non envoyé : nous ne pouvons rien recevoir pour l’instant.",
  again: "Réessayer", later: (seconds) => `Beaucoup de demandes. Nouvel essai dans ${seconds} s…`,
  unread: (count) => (count === 1 ? "1 nouveau message" : `${count} nouveaux messages`),
  confirm: "Confirmer", decline: "Non, ne rien faire", decide: "À vous de décider", until: (time) => `Ouvert jusqu'à ${time}`,
  accepted: "Confirmé", declined: "Refusé. Rien n'a été changé.", void: "Ce n'est plus ouvert. Rien n'a été changé.",
  unreached: "Cela ne nous est pas parvenu. Appuyez encore : rien n'est fait deux fois.",
  rate: "Comment était-ce ?", stars: (count) => `${count} étoiles sur 5`, thanks: "Merci.", comment: "Quelque chose à ajouter ?",
  dismiss: "Pas maintenant",
  hidden: { EMAIL: "votre adresse e-mail", PHONE: "votre téléphone", CARD: "votre numéro de carte", IBAN: "votre compte bancaire", SSN: "votre numéro de sécurité sociale",
    IP: "votre adresse IP", PASSWORD: "votre mot de passe", SECRET: "un secret", OTHER: "masqué" },
};

const ALL = { en, de, es, fr };

export function wordsFor(language = "") {
  const code = language.slice(0, 2).toLowerCase();
  return { ...(ALL[code] ?? en), language: ALL[code] ? code : "en" };
}
