"""Language packs: data in folders, one loader, one checker."""

from kutip.languages.loader import Pack, PackError, available, load

__all__ = ["Pack", "PackError", "available", "load"]
