"""The record: SQLite."""
