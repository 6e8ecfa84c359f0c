"""The site and its API: requests in, pages and documents out; every decision is made further down."""
