"""By what two names find each other without every name being compared with every other."""

from kutip.flow.actors.likeness import SHORTEST, parts, sound

STEM = 4  # letters of a part, as it sounds
START = 3  # letters at the start of a name, from which clipped names are made
ACRONYM = 8  # letters of the longest acronym
CROWD = 300  # names under one key, at most: what more of them share tells nothing


def name_keys(name: str) -> frozenset[str]:
    """Keys of a name; names that can be alike share one.

    The sound of each part, the start of the whole, and its initials, which an acronym has as a whole.
    """
    found = parts(name)
    keys = {f"part {sound(part)[:STEM]}" for part in found if len(part) >= SHORTEST}
    if not found:
        return frozenset(keys)
    keys.add(f"start {found[0][:START]}")
    if len(found) > 1:
        keys.add("initials " + "".join(part[0] for part in found))
    elif len(found[0]) <= ACRONYM:
        keys.add(f"initials {found[0]}")
    return frozenset(keys)
