"""Run the flow over many pages."""
