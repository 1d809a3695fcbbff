"""Kutip: who said what, when, to whom, through which outlet, with the exact words as evidence."""

__version__ = "0.1.0"
