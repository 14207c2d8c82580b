"""``tracer fetch``: what it prints and how it ends."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytest.importorskip("urllib3")


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/ferry"
        body = b"<html><body><p>The ferry to Wick stayed in dock for a third day.</p></body></html>" if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_pages_are_fetched_and_the_others_told(run, address, tmp_path):
    """From arguments and from a file, whose comments are passed over."""
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# a list\n\n{address}/gone\n")
    code, out, err = run(
        "fetch", f"{address}/ferry", "--from", listed, "-o", tmp_path / "pages", "--private", "--delay", 0
    )
    assert (code, out) == (0, "")
    assert f"{address}/gone the host answers with status 404" in err
    assert len(list((tmp_path / "pages").glob("*.html"))) == 1


def test_the_pages_of_a_sitemap_are_fetched(run, address, tmp_path):
    """Compressed or not; an index of sitemaps is an error."""
    sitemap = f"<urlset><url><loc>{address}/ferry</loc></url><url><loc>{address}/gone</loc></url></urlset>"
    (tmp_path / "map.xml.gz").write_bytes(gzip.compress(sitemap.encode()))
    (tmp_path / "index.xml").write_text("<sitemapindex></sitemapindex>")
    told = ("-o", tmp_path / "pages", "--private", "--delay", 0)
    code, _, err = run("fetch", "--from", tmp_path / "map.xml.gz", *told)
    assert code == 0
    assert f"{address}/gone the host answers with status 404" in err
    assert len(list((tmp_path / "pages").glob("*.html"))) == 1
    code, _, err = run("fetch", "--from", tmp_path / "index.xml", *told)
    assert code == 3
    assert "index of sitemaps" in err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 3, "no address was given"),
        (("http://127.0.0.1:9/x",), 3, "local network"),
        (("--from", "no-such-file"), 3, "cannot be read"),
        (("https://a.example", "--delay", "-1"), 2, "delay must not be negative"),
        (("https://a.example", "--delay", "nan"), 2, "delay must be at most"),
        (("https://a.example", "--timeout", "inf"), 2, "timeout must be at most"),
    ],
)
def test_what_cannot_be_done_is_told(run, tmp_path, arguments, code, told):
    found, out, err = run("fetch", *arguments, "-o", tmp_path / "pages")
    assert (found, out) == (code, "")
    assert told in err
