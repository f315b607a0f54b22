"""Parts of patterns that several rules share: years, dashes, units."""

# A year as texts print it, as bibliographies do (works are older), and as dates of publication are.
YEAR = r"(?:1[89]|20)\d\d"
WORK_YEAR = r"(?:1[5-9]|20)\d\d"
RECENT_YEAR = r"(?:19|20)\d\d"
DASHES = "–—‐‑−-"
# Behind a number in brackets or before them, these tell a quantity.
UNIT = (
    r"(?:%|°|[kcmµμnpfd]?(?:m|g|L|l|M|mol|Da|bp|Hz|Pa|s|V|A|W|J|U)(?:\b|[/²³⁻])|nt\b|kb\b|Mb\b|bp\b|h\b|hrs?\b|hours?|min\b|days?|weeks?|"
    r"months?|years?|yrs?|fold|times|patients|cells|rpm|mmHg|IU\b|ppm|×|x\s?g|°C)"
)
