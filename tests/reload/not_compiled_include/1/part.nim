proc thing*(x: int): int = x + 2
