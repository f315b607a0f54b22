"""Read Word documents (.docx, Office Open XML, ECMA-376)."""
