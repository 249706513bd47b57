"""Reports: what they say (``content``), their pictures (``drawing``) and the papers they come on (``papers``).

``build`` reads and words a report once; everything after it is drawn from the ``Content`` alone.
"""

from portfolio.reports.building import KINDS, build
from portfolio.reports.content.joining import Part, joined
from portfolio.reports.content.pieces import Content, kept, taken_up
from portfolio.reports.drawing.drawn import pictures
from portfolio.reports.papers.fitting import render_fitting
from portfolio.reports.papers.mail import render_html, render_page
from portfolio.reports.papers.pdf import render_pdf
from portfolio.reports.papers.table_files import render_csvs
from portfolio.reports.papers.text import render_text
from portfolio.reports.papers.workbook import render_xlsx

__all__ = [
    "KINDS",
    "Content",
    "Part",
    "build",
    "joined",
    "kept",
    "pictures",
    "render_csvs",
    "render_fitting",
    "render_html",
    "render_page",
    "render_pdf",
    "render_text",
    "render_xlsx",
    "taken_up",
]
