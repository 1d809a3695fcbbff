"""Attributions to statements: one saying, all its renditions in the articles of a story, and what became
of it.
"""
