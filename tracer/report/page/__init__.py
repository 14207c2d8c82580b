"""``report.html``: one page that needs no network, drawn from the files of a finished report."""

from tracer.report.page.draw import PAGE, write_page

__all__ = ["PAGE", "write_page"]
