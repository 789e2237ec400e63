let g_0 = 1000
proc getInt*(): int = g_0
