proc scaled*(x: int): int = x * 2
