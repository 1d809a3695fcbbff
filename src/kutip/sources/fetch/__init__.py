"""Feeds, sitemaps and URLs to an archive of pages."""

from kutip.sources.fetch.run import Options, Report, fetch

__all__ = ["Options", "Report", "fetch"]
