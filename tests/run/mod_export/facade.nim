import geometry, extras
export geometry
export extras.visible
proc dist*(p: Point): int = p.x * p.x + p.y * p.y
