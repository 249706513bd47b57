"""Addresses of the market pages."""

from django.urls import path, re_path

from market.views import (
    arranging,
    board,
    boards,
    conditions,
    coverage,
    explorer,
    explorer_parts,
    numbers,
    overview,
    search,
    symbol,
    watchlists,
)

__all__ = ["app_name", "urlpatterns"]

app_name = "market"
urlpatterns = [
    path("search/", search.search, name="search"),
    path("a/<str:code>/market/", overview.home, name="home"),
    path("a/<str:code>/market/sectors/", overview.sectors, name="sectors"),
    path("a/<str:code>/market/conditions/", conditions.conditions, name="conditions"),
    path("a/<str:code>/market/conditions/list/", conditions.listed, name="condition_list"),
    path("a/<str:code>/market/conditions/<str:seq>/", conditions.search_now, name="condition_search"),
    path("a/<str:code>/market/conditions/<str:seq>/start/", conditions.start, name="condition_start"),
    path("a/<str:code>/market/conditions/<str:seq>/stop/", conditions.stop, name="condition_stop"),
    path("a/<str:code>/market/watchlists/", watchlists.watchlists, name="watchlists"),
    path("a/<str:code>/market/watchlists/bring/", watchlists.bring, name="watchlist_bring"),
    path("a/<str:code>/market/watchlists/make/", watchlists.make, name="watchlist_make"),
    path("a/<str:code>/market/watchlists/<int:number>/add/", watchlists.add, name="watchlist_add"),
    path("a/<str:code>/market/watchlists/<int:number>/remove/", arranging.remove, name="watchlist_remove"),
    path("a/<str:code>/market/watchlists/<int:number>/rename/", watchlists.rename, name="watchlist_rename"),
    path("a/<str:code>/market/watchlists/<int:number>/delete/", watchlists.throw_away, name="watchlist_delete"),
    path("a/<str:code>/market/watchlists/<int:number>/restore/", watchlists.restore, name="watchlist_restore"),
    path("a/<str:code>/market/watchlists/<int:number>/back/", arranging.put_back, name="watchlist_put_back"),
    path("a/<str:code>/market/watchlists/<int:number>/place/", arranging.place, name="watchlist_place"),
    path("a/<str:code>/market/watchlists/<int:number>/move/", arranging.move, name="watchlist_move"),
    path("a/<str:code>/market/watchlists/<int:number>/memo/", arranging.memo, name="watchlist_memo"),
    path("a/<str:code>/board/", board.board, name="live_board"),
    path("a/<str:code>/board/look/", board.look, name="board_look"),
    path("a/<str:code>/symbols/<str:symbol>/course/", board.course, name="course"),
    path("a/<str:code>/market/parts/<str:name>/", overview.part, name="part"),
    path("a/<str:code>/market/index/<str:sector>/candles/", numbers.index_candles, name="index_candles"),
    path("a/<str:code>/market/gold/<str:symbol>/candles/", numbers.gold_candles, name="gold_candles"),
    path("a/<str:code>/market/<str:shelf>/", boards.shelf, name="shelf"),
    path("a/<str:code>/market/<str:shelf>/<str:tr>/", boards.board, name="board"),
    path("a/<str:code>/symbols/", symbol.symbols, name="symbols"),
    path("a/<str:code>/symbols/<str:symbol>/", symbol.symbol, name="symbol"),
    path("a/<str:code>/symbols/<str:symbol>/book/", numbers.book, name="book"),
    path("a/<str:code>/symbols/<str:symbol>/candles/", numbers.candles, name="candles"),
    path("a/<str:code>/coverage/", coverage.coverage, name="coverage"),
    path("a/<str:code>/tr/", explorer.shelf, name="explorer"),
    path("a/<str:code>/tr/symbols/", explorer_parts.symbols, name="explorer_symbols"),
    path("a/<str:code>/tr/<str:tr_id>/", explorer.tr, name="tr"),
    path("a/<str:code>/tr/<str:tr_id>/more/", explorer.more, name="tr_more"),
    path("a/<str:code>/tr/<str:tr_id>/star/", explorer.stars, name="tr_star"),
    path("a/<str:code>/tr/<str:tr_id>/values/<str:name>/", explorer_parts.values, name="tr_values"),
    re_path(
        r"^a/(?P<code>[^/]+)/tr/(?P<tr_id>[^/]+)/file\.(?P<kind>csv|xlsx|json)$",
        explorer_parts.files,
        name="tr_file",
    ),
]
