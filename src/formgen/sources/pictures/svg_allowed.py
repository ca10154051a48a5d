"""What an SVG may hold: elements, attributes, properties and functions; nothing else gets through.

Names are compared as they are, since SVG tells capitals apart: `<SCRIPT>` is no element of it.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


ELEMENTS = words("""
    svg g defs symbol use title desc switch a
    path rect circle ellipse line polyline polygon image
    text tspan textPath style
    linearGradient radialGradient stop pattern clipPath mask marker
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
""")
# Never seen themselves, so nobody misses them.
UNSEEN = words("""
    metadata view cursor animateColor color-profile namedview
    font font-face font-face-src font-face-uri font-face-name font-face-format glyph
    missing-glyph hkern vkern altGlyphDef
""")
# Allowed, and not drawn by WeasyPrint as they are meant.
NOT_DRAWN = {
    "textPath": "text on a path",
    **dict.fromkeys(
        words("""
            feGaussianBlur feDropShadow feTurbulence feMorphology feDisplacementMap
            feDiffuseLighting feSpecularLighting feConvolveMatrix feTile
        """),
        "a filter such as a blur or a shadow",
    ),
}
TEXT = frozenset({"text", "tspan", "textPath"})

# Properties of CSS that stand in attributes as well.
_PRESENTATION = words("""
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering direction display dominant-baseline
    fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-size
    font-size-adjust font-stretch font-style font-variant font-weight image-rendering isolation
    kerning letter-spacing lighting-color marker marker-end marker-mid marker-start mask
    mask-type mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width text-anchor text-decoration text-rendering transform
    transform-origin transform-box unicode-bidi vector-effect visibility word-spacing writing-mode
""")
PROPERTIES = _PRESENTATION | words("x y width height r rx ry cx cy d line-height white-space")
ATTRIBUTES = _PRESENTATION | words("""
    id class style href type media version baseProfile lang
    x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points width height viewBox preserveAspectRatio
    gradientTransform gradientUnits spreadMethod offset
    patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
    markerUnits markerWidth markerHeight refX refY orient
    dx dy rotate textLength lengthAdjust startOffset method spacing side pathLength
    filterUnits primitiveUnits in in2 result stdDeviation mode values operator k1 k2 k3 k4
    scale xChannelSelector yChannelSelector radius order kernelMatrix divisor bias targetX
    targetY edgeMode preserveAlpha surfaceScale diffuseConstant specularConstant
    specularExponent limitingConeAngle azimuth elevation pointsAtX pointsAtY pointsAtZ z
    baseFrequency numOctaves seed stitchTiles tableValues amplitude exponent intercept slope
""")
_FUNCTIONS = words("""
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix icc-color calc min max clamp
    matrix matrix3d translate translate3d translatex translatey scale scale3d scalex scaley
    rotate rotate3d skew skewx skewy perspective rect inset circle ellipse polygon path
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
""")
# An address within the same file.
OWN_ADDRESS = re.compile(
    r"""url\(\s*(?:"\#([^"()\\]*)"|'\#([^'()\\]*)'|\#([^"'()\\\s]*))\s*\)""", re.IGNORECASE
)
_FUNCTION = re.compile(r"([\w-]*)\s*\(")


def is_allowed_value(value: str) -> bool:
    """Tell whether a value of an attribute or property loads nothing from elsewhere."""
    # An escape could spell anything in another way.
    if "\\" in value or "@" in value:
        return False
    rest = OWN_ADDRESS.sub(" ", value)
    return all(name.lower() in _FUNCTIONS for name in _FUNCTION.findall(rest))
