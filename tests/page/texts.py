"""A review that means harm to whoever shows it."""

HOSTILE = """# Lichen on roofs <script>window.harmed = 1</script>

## Abstract

Lichen grows on slate roofs <img src=x onerror="window.harmed = 2"> for decades.

## 1 Growth <svg onload="window.harmed = 3">

Lichen on slate grows one millimetre a year \u202eraey a ertem eno\u202c on wet roofs (1). Lichen needs light and
javascript:window.harmed=4 rain (2). Tiles of clay stay
bare <iframe srcdoc="<script>parent.harmed = 5</script>"></iframe>
when they are glazed (1, 2).

## References

1. Adams <b onmouseover="window.harmed = 6">A. Growth of lichen on slate. J Roof Res. (2018) 12:1–9. doi: 10.1000/roof.1
2. Brown B. Light and rain <script>window.harmed = 7</script>. Roof Lett. (2019) 3:44–50. doi: 10.1000/roof.2
"""
