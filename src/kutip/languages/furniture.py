"""``furniture.toml``: what is printed around an article and is not the article."""

import msgspec


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of furniture lines by role."""
