"""Span-keeping primitives: normalising, tokens, sentences, quotation marks, dates."""
