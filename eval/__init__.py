"""Scores on annotated articles, and the floors under which they may not fall. Run: ``python -m eval``."""
