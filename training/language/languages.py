"""The languages that letters' n-grams must tell apart (the others have a script of their own), and who calls them what."""

CORPORA = {
    "af": "afrikaans", "ar": "arabic", "az": "azerbaijani", "be": "belarusian", "bg": "bulgarian", "ca": "catalan",
    "cs": "czech", "cy": "welsh", "da": "danish", "de": "german", "en": "english", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "gl": "", "hi": "",
    "hr": "croatian", "hu": "hungarian", "id": "indonesian", "is": "icelandic", "it": "italian", "kk": "kazakh",
    "lt": "lithuanian", "lv": "latvian", "mk": "macedonian", "mn": "mongolian", "mr": "", "ms": "malay", "ne": "",
    "nl": "dutch", "no": "bokmal nynorsk", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sk": "slovak", "sl": "slovene", "so": "somali", "sq": "albanian", "sr": "serbian", "sv": "swedish", "sw": "swahili",
    "tl": "tagalog", "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese",
}  # fmt: skip
"""The languages, with the names of lingua's corpora; those of Devanagari hold no vowel signs, so they are left out."""
RARE = "af az be cy eu ga gl is mk mn mr ne so sq"
"""Languages that customers write less often: a sixth of the lines, and so of the prior."""
HOUSEHOLD = {
    "de": ("de", "gsw", "de-CH"), "en": ("en", "en-GB"), "es": ("es", "es-419"), "no": ("nb", "no", "nn"),
    "pt": ("pt", "pt-BR"), "sr": ("sr-Latn", "sr"),
}  # fmt: skip
"""Home Assistant's names, where they are not the language's own. Swiss German is answered in German."""
VOICE = {"ga": ("ga-IE",), "ne": ("ne-NP",), "no": ("nb-NO", "nn-NO"), "sv": ("sv-SE",)}
"""Common Voice's names, where they are not the language's own."""
CLDR = {
    "de": ("de", "de-CH"), "es": ("es", "es-419"), "hi": ("hi",), "no": ("no", "nn"), "pt": ("pt", "pt-PT"),
    "sr": ("sr", "sr-Latn"), "tl": ("fil",),
}  # fmt: skip
"""CLDR's names, where they are not the language's own."""
