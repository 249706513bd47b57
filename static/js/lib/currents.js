// Rows of links that scroll sideways show the one we are at, also on a phone.
const show = () => {
  for (const link of document.querySelectorAll("[data-scrolls] [aria-current]")) {
    const row = link.closest("[data-scrolls]")
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
  }
}

show()
document.addEventListener("htmx:afterSettle", show)
