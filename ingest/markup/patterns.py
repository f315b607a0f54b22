"""Parts of patterns that several rules share: years, dashes, units."""

# Years: in a text, in a bibliography (works may be older), and of publication.
YEAR = r"(?:1[89]|20)\d\d"
WORK_YEAR = r"(?:1[5-9]|20)\d\d"
RECENT_YEAR = r"(?:19|20)\d\d"
DASHES = "–—‐‑−-"
# Units: next to a number in brackets they show a quantity.
UNIT = (
    r"(?:%|°|[kcmµμnpfd]?(?:m|g|L|l|M|mol|Da|bp|Hz|Pa|s|V|A|W|J|U)(?:\b|[/²³⁻])|nt\b|kb\b|Mb\b|bp\b|h\b|hrs?\b|hours?|min\b|days?|weeks?|"
    r"months?|years?|yrs?|fold|times|patients|cells|rpm|mmHg|IU\b|ppm|×|x\s?g|°C)"
)
