"""Path and risk (metrics 3.3): drawdowns, roughness, streaks, exposure and the shape of results."""
