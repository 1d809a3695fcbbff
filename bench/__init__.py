"""Speed and memory of ``kutip attribute``. Run: ``python -m bench``."""
