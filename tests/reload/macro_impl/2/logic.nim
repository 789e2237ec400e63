proc step1*(x: int): int = x + 100
proc step2*(x: int): int = x * 3
