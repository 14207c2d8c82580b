"""Pages from the web into a folder, politely, so that an audit can be repeated without a network."""

from tracer.read.fetching.address_lists import listed_addresses
from tracer.read.fetching.fetch import Fetched, fetch_pages
from tracer.read.fetching.settings import FetchSettings

__all__ = ["FetchSettings", "Fetched", "fetch_pages", "listed_addresses"]
