"""Actors: one person, organisation or document under the several names that articles give it."""
