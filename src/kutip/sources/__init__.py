"""Files, folders, patterns and standard input to pages."""

from kutip.sources.files import open_pages

__all__ = ["open_pages"]
