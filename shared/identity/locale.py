"""The language that a locale names: all that is kept of what an account or a browser says about its customer.

Sources: BCP 47 (RFC 5646), ISO 639-1. OpenID Connect Core 1.0, 5.1 lets an underscore stand for the hyphen.
"""

import re

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_LONGEST = 35
"""Characters that a tag may need (RFC 5646, 4.4.1)."""
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es "
    "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki "
    "kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no "
    "nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te "
    "tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_ISO_639_1.split())
_COUNTED_AS = {
    "nb": "no", "nn": "no", "fil": "tl", "gsw": "de", "cmn": "zh", "yue": "zh",
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr",
}  # fmt: skip
"""Names of the written language that we tell and answer in, and withdrawn names that programs still send."""


def language_of(tag: object) -> str | None:
    """The ISO 639-1 code of a language tag, such as de of de-AT; None for whatever is not one."""
    if not isinstance(tag, str) or len(tag) > _LONGEST or not (match := _TAG.fullmatch(tag)):
        return None
    language = match[1].lower()
    language = _COUNTED_AS.get(language, language)
    return language if language in _LANGUAGES else None
