"""Figures as plain Plotly dicts. Tests hold them against plotly.graph_objects; production never imports it."""
