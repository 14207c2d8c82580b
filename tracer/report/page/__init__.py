"""``report.html``: one page that needs no network, drawn from the files of a finished report."""
