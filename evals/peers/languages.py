"""Run in the environment of `languages.txt`, apart from the product: in which language other libraries take texts to be.

Reads a JSON list of texts from stdin and prints `{library: [ISO 639-1 or null, ...]}`.
"""

import json
import sys

import py3langid
from lingua import LanguageDetectorBuilder

texts = json.load(sys.stdin)
lingua = LanguageDetectorBuilder.from_all_languages().build()
told = lingua.detect_languages_in_parallel_of(texts)
answers = {
    "lingua": [language.iso_code_639_1.name.lower() if language else None for language in told],
    "py3langid": [py3langid.classify(text)[0] for text in texts],
}
print(json.dumps(answers))
