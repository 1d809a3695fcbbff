"""The record as tables, JSON, CSV and HTML."""
