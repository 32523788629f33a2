"""Makes `shared/guardrails/language/languages.ftz`: `python -m training.language FOLDER`.

FOLDER receives the sources (pip and cargo fetch them) and the training text. Needs the packages of
`training/requirements.txt`, cargo, 4 GB of memory and about ten minutes. The text is the same each time; the weights
differ in what two threads leave to chance. What the evaluation reads is no source: neither the test rows of lingua, which
its crates hold too, nor any other set.
"""

import random
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import brotli
import fasttext

from shared.guardrails.language.scripts import LETTERS
from training.household import PACKAGES, commands, texts
from training.words import words

WEIGHTS = Path(__file__).parents[1] / "shared" / "guardrails" / "language" / "languages.ftz"
CRATES = "1.2.0"
CORPORA = {
    "af": "afrikaans", "ar": "arabic", "az": "azerbaijani", "be": "belarusian", "bg": "bulgarian", "ca": "catalan",
    "cs": "czech", "cy": "welsh", "da": "danish", "de": "german", "en": "english", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "gl": "", "hi": "hindi",
    "hr": "croatian", "hu": "hungarian", "id": "indonesian", "is": "icelandic", "it": "italian", "kk": "kazakh",
    "lt": "lithuanian", "lv": "latvian", "mk": "macedonian", "mn": "mongolian", "mr": "marathi", "ms": "malay", "ne": "",
    "nl": "dutch", "no": "bokmal nynorsk", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sk": "slovak", "sl": "slovene", "so": "somali", "sq": "albanian", "sr": "serbian", "sv": "swedish", "sw": "swahili",
    "tl": "tagalog", "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese",
}  # fmt: skip
"""The languages that letters' n-grams must tell apart (the others have a script of their own), with lingua's names."""
LOCALES = {
    "de": ("de", "gsw", "de-CH"), "en": ("en", "en-GB"), "es": ("es", "es-419"), "no": ("nb", "no", "nn"),
    "pt": ("pt", "pt-BR"), "sr": ("sr-Latn", "sr"),
}  # fmt: skip
"""Home Assistant's names, where they are not the language's own. Swiss German is answered in German."""
_RARE = "af az be cy eu ga gl is mk mn mr ne so sq"
"""Languages that customers write less often: a sixth of the lines, and so of the prior."""
LINES = 120_000
LENGTHS = (1, 1, 2, 2, 3, 4, 5, 6, 8, 12)
"""Words of a line: what short messages have, and long ones say as often."""
READ = 0.4
"""Share of the lines that come from texts; the rest are words drawn independently."""
REPEATED = 6
"""How often a text may give a line."""
_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
_LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
LATIN = str.maketrans(dict(zip(_CYRILLIC, _LATIN.split(" "), strict=True)))
"""Serbian's two alphabets, letter by letter."""


def fetch(folder: Path) -> None:
    """Bring the sources into `folder`."""
    wheels = folder / "wheels"
    pinned = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.14"]
    subprocess.run([*pinned, f"--dest={wheels}", *PACKAGES], check=True)
    for wheel in wheels.glob("*.whl"):
        with ZipFile(wheel) as archive:
            archive.extractall(folder / "texts", [name for name in archive.namelist() if name.endswith(".json")])
    names = sorted(name for models in CORPORA.values() for name in models.split())
    manifest = '[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n'
    manifest += "".join(f'lingua-{name}-language-model = "={CRATES}"\n' for name in names)
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src" / "lib.rs").touch()
    (folder / "Cargo.toml").write_text(manifest, encoding="utf-8")
    subprocess.run(["cargo", "vendor", "--quiet"], check=True, cwd=folder, stdout=subprocess.DEVNULL)


def lines(folder: Path, language: str) -> list[list[str]]:
    """Training text of a language, from the sources in `folder`: lower-case words, as a message gives them."""
    chance = random.Random(language)
    wanted = LINES // 6 if language in _RARE.split(" ") else LINES
    names = LOCALES.get(language, (language,))
    read = []
    for source, share in ((texts(folder / "texts", names), 0.6), (commands(folder / "texts", names, chance), 0.4)):
        said = [runs for text in source if (runs := LETTERS.findall(text.lower()))]
        read += [_part(chance.choice(said), chance) for _ in range(min(int(wanted * READ * share), REPEATED * len(said)))]
    drawn = _drawn(folder, language, (wanted - len(read)) * sum(LENGTHS) // len(LENGTHS), chance)
    start = 0
    while start < len(drawn):
        length = chance.choice(LENGTHS)
        read.append(drawn[start : start + length])
        start += length
    return read


def _part(runs: list[str], chance: random.Random) -> list[str]:
    if len(runs) < 3 or chance.random() < 0.4:
        return runs[:20]
    length = chance.choice(LENGTHS)
    start = chance.randrange(max(1, len(runs) - length + 1))
    return runs[start : start + length]


def _drawn(folder: Path, language: str, count: int, chance: random.Random) -> list[str]:
    names = CORPORA[language].split()
    found: list[str] = []
    for name in names:
        model = folder / "vendor" / f"lingua-{name}-language-model" / "models"
        found += words(model, count // len(names), chance, brotli.decompress)
    if language == "sr":  # lingua's is Cyrillic; people write both
        half = len(found) // 2
        found = [word.translate(LATIN) for word in found[:half]] + found[half:]
    return found


def main() -> None:
    """Fetch, write the training text, train, and compress."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    fetch(folder)
    written = [f"__label__{language} {' '.join(runs)}\n" for language in CORPORA for runs in lines(folder, language)]
    random.Random(0).shuffle(written)
    text = folder / "lines.txt"
    text.write_text("".join(written), encoding="utf-8")
    model = fasttext.train_supervised(
        str(text), dim=48, minn=1, maxn=5, bucket=2_000_000, minCount=100, epoch=3, lr=0.4, loss="softmax", thread=2
    )
    model.quantize(str(text), cutoff=250_000, retrain=False, qnorm=True, dsub=3)
    model.save_model(str(WEIGHTS))


if __name__ == "__main__":
    main()
