"""Keeps current what derives from the facts of a record: stories, actors, statements."""

from kutip.store.upkeep.keeper import Keeper

__all__ = ["Keeper"]
