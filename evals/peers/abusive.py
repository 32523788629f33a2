"""Run in the environment of `requirements.txt`, apart from the product: what other libraries say of texts.

Reads a JSON list of texts from stdin and prints `{library: [bool, ...]}`.
"""

import json
import sys

from glin_profanity import Filter
from profanity_check import predict

texts = json.load(sys.stdin)
glin = Filter()
answers = {
    "glin-profanity": [bool(glin.check_profanity(text)["contains_profanity"]) for text in texts],
    "alt-profanity-check": [bool(answer) for answer in predict(texts)],
}
print(json.dumps(answers))
