proc scaled*(x: int; by = 10): float = float(x * by)
