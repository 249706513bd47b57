"""The chart benchmark (T10): five thousand candles drawn and moved in headless Chromium, beside Plotly."""
