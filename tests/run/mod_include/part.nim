const partConst = 5
proc fromPart(): int = base + partConst
