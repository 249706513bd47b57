"""The two faces of pictures and PDF, kept beside the code: no server has Korean fonts to rely on."""

from portfolio.reports.fonts.kept import FACES, face, letters_of, readable

__all__ = ["FACES", "face", "letters_of", "readable"]
