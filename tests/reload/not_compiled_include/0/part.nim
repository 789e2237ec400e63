proc thing*(x: int): int = x + 1
