// What the page takes from npm; README.md beside this file says how vendor.min.js is made of it.
export { select } from "d3-selection";
export { zoom, zoomIdentity } from "d3-zoom";
export { diffArrays } from "diff";
