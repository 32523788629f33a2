// What the widget itself says, in the languages in which the system speaks: one module a language, English is the fallback.

import de from "./words.de.js";
import en from "./words.en.js";
import es from "./words.es.js";
import fr from "./words.fr.js";
import it from "./words.it.js";
import ja from "./words.ja.js";
import nl from "./words.nl.js";
import pl from "./words.pl.js";
import pt from "./words.pt.js";
import sv from "./words.sv.js";
import tr from "./words.tr.js";
import zh from "./words.zh.js";

export const ALL = { de, en, es, fr, it, ja, nl, pl, pt, sv, tr, zh };

export function wordsFor(language = "") {
  const code = language.slice(0, 2).toLowerCase();
  return { ...(ALL[code] ?? en), language: ALL[code] ? code : "en" };
}
