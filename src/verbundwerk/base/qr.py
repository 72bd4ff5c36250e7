"""QR codes as drawings for pages and papers."""

import io

import segno


def qr_svg(text: str, *, svg_class: str = "") -> str:
    """An SVG element; what it says in words stands beside it, so the drawing itself stays silent."""
    drawn = io.BytesIO()
    options = {"svgclass": svg_class} if svg_class else {}
    segno.make(text, error="m").save(drawn, kind="svg", xmldecl=False, border=1, omitsize=True, **options)
    return drawn.getvalue().decode()
