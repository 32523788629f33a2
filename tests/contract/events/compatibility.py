"""What one version of an event may become without a new version: a reader of either release must read the other's.

Allowed: a new optional field, a field that becomes nullable with a default, a wider enumeration of a reader. Everything
else breaks somebody: a field that goes, that becomes required, that changes its type, or a value that is no longer sent.
"""

from typing import Any

Schema = dict[str, Any]


def breaks(old: Schema, new: Schema) -> list[str]:
    """Every way in which `new` breaks those who know `old`. Empty: it may be released."""
    return _breaks(old, new, old, new, "")


def _breaks(old: Schema, new: Schema, old_root: Schema, new_root: Schema, at: str) -> list[str]:
    old, new = _resolved(old, old_root), _resolved(new, new_root)
    if (old_kind := _kind(old)) != (new_kind := _kind(new)):
        return [f"{at or 'event'}: was {old_kind}, is {new_kind}"]
    found: list[str] = []
    properties = new.get("properties", {})
    for name, schema in old.get("properties", {}).items():
        if name not in properties:
            found.append(f"{at}.{name}: gone")
        else:
            found += _breaks(schema, properties[name], old_root, new_root, f"{at}.{name}")
    required = set(new.get("required", ())) - set(old.get("required", ()))
    found += [f"{at}.{name}: is required now" for name in sorted(required)]
    found += [f"{at}: {value!r} is no longer allowed" for value in old.get("enum", ()) if value not in new.get("enum", ())]
    if old.get("const") != new.get("const"):
        found.append(f"{at}: was {old.get('const')!r}, is {new.get('const')!r}")
    for limit, tightened in _LIMITS.items():
        if limit in new and (limit not in old or tightened(old[limit], new[limit])):
            found.append(f"{at}: {limit} is tighter")
    for key in ("items", "additionalProperties"):
        if isinstance(old.get(key), dict) and isinstance(new.get(key), dict):
            found += _breaks(old[key], new[key], old_root, new_root, f"{at}[]")
    return found + _alternatives(old, new, old_root, new_root, at)


def _alternatives(old: Schema, new: Schema, old_root: Schema, new_root: Schema, at: str) -> list[str]:
    """Each alternative that was must still be there, by its name or type; more may come."""
    key = "oneOf" if "oneOf" in old else "anyOf"
    now = {_name(each): each for each in new.get(key, ())}
    found = []
    for each in old.get(key, ()):
        if (name := _name(each)) not in now:
            found.append(f"{at}: {name} is gone")
        else:
            found += _breaks(each, now[name], old_root, new_root, f"{at}<{name}>")
    return found


_LIMITS: dict[str, Any] = {
    "pattern": lambda old, new: old != new,
    "maxLength": lambda old, new: new < old,
    "minLength": lambda old, new: new > old,
    "minimum": lambda old, new: new > old,
    "maximum": lambda old, new: new < old,
}


def _kind(schema: Schema) -> str:
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return key
    return str(schema.get("type", "any"))


def _name(schema: Schema) -> str:
    return str(schema.get("$ref") or schema.get("const") or schema.get("type"))


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema
