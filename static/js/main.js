// Every behaviour of a page, one module each; nothing else lives here.
import "#elements/amount-switch"
import "#elements/note-box"
import "#elements/plot-figure"
import "#elements/theme-switch"
import "#elements/toast-note"
import "#lib/failures"
import "#lib/hotkeys"
import "#lib/menus"
