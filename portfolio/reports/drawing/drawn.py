"""Every picture of a report by its cid."""

from portfolio.reports.content.pieces import Bars, Content, Curve, Heat, pictures_in
from portfolio.reports.drawing.charts import draw_bars, draw_curve, draw_heat

__all__ = ["pictures"]


def pictures(content: Content) -> dict[str, bytes]:
    """PNG by cid, in the order of the report."""
    return {picture.cid: _drawn(picture, content.language, content.form) for picture in pictures_in(content)}


def _drawn(picture: Curve | Bars | Heat, language: str, form: int) -> bytes:
    match picture:
        case Curve():
            return draw_curve(picture, language, form)
        case Bars():
            return draw_bars(picture, language, form)
        case Heat():
            return draw_heat(picture, form)
