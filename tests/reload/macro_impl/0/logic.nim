proc step1*(x: int): int = x + 1
proc step2*(x: int): int = x * 2
