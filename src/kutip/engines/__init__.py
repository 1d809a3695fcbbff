"""Run the flow over many pages. An engine decides nothing: each gives the same results in the same order."""

from kutip.engines.contract import Engine, engine

__all__ = ["Engine", "engine"]
