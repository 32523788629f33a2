"""Greetings, thanks and answers: whole messages too short for statistics, where one language alone says them."""

SAYINGS = {
    word: language
    for language, words in {
        "en": "hi|hello|hey|hey there|hi there|hello there|thanks|thank you|please|yes please|good morning|help",
        "de": "hallo|danke|danke schön|vielen dank|guten tag|guten morgen|moin|servus|bitte|hilfe",
        "fr": "bonjour|bonsoir|salut|merci|merci beaucoup|oui|s il vous plaît|au revoir",
        "es": "hola|gracias|muchas gracias|buenos días|buenas tardes|buenas|por favor|ayuda",
        "pt": "olá|oi|obrigado|obrigada|bom dia|boa tarde|boa noite",
        "it": "ciao|grazie|buongiorno|buonasera|salve|per favore|aiuto",
        "nl": "hoi|dank je|dank u|bedankt|goedemorgen|goedendag|alstublieft",
        "pl": "cześć|dzień dobry|dziękuję|dzięki|proszę",
        "sv": "hej hej|tack så mycket|god morgon",
        "tr": "merhaba|teşekkürler|teşekkür ederim|selam",
        "ru": "привет|здравствуйте|спасибо|добрый день|пожалуйста",
        "zh": "你好|您好|谢谢|谢谢你|請問|请问|是|是的|好的",
    }.items()
    for word in words.split("|")
}
"""Whole messages too short for statistics, where one language alone says them."""

ALSO = {
    "hallo": ("nl", "no"),
    "hej hej": ("da",),
    "help": ("nl",),
    "por favor": ("pt",),
    "salut": ("ro",),
}
"""Other languages that say so, too: for a customer who prefers one of them it is theirs."""
ANYWHERE = frozenset(("hi", "hey"))
"""Sayings in whatever language the customer prefers."""
