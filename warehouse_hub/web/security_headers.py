"""What a browser is told never to do with our pages.

The one thing to get wrong: the nonce is fresh for each response, so a page that holds inline script must never be
served from a cache of rendered HTML.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

from warehouse_hub.settings import MapSettings


def csp_nonce() -> str:
    """The nonce of this response, for its own inline script and style elements."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    nonce: str = g.csp_nonce
    return nonce


def content_security_policy(nonce: str, tiles: MapSettings) -> str:
    """Everything from this site only; map pictures also from the tile provider that the settings name."""
    images = " ".join(["'self'", "data:", *tile_hosts(tiles)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            f"img-src {images}",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ]
    )


def tile_hosts(tiles: MapSettings) -> list[str]:
    """The origins of the configured tile address, one for each sub-domain; none without an approval number."""
    if not tiles.tile_url or not tiles.tile_approval_number:
        return []
    scheme, _, rest = tiles.tile_url.partition("://")
    host = rest.partition("/")[0]
    return sorted({f"{scheme}://{host.replace('{s}', part)}" for part in (tiles.tile_subdomains or "a")})


def install(app: Flask, tiles: MapSettings, *, https: bool) -> None:
    """Put the headers on every response of `app`, errors and files included."""

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = content_security_policy(csp_nonce(), tiles)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        # The API opens its own answers to the pages of others.
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if response.mimetype == "text/html":
            # The pages depend on who is signed in and on two cookies, and carry a nonce.
            headers.setdefault(
                "Cache-Control", "no-store" if response.status_code >= 400 else "private, no-cache"
            )
        return response

    app.jinja_env.globals["csp_nonce"] = csp_nonce
