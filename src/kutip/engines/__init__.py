"""Run the flow over many pages. An engine decides nothing: each gives the same results in the same order."""

from kutip.engines.contract import Engine, Rereader, engine, rereader

__all__ = ["Engine", "Rereader", "engine", "rereader"]
