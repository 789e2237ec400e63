when isMainModule: echo "never"
proc otherIsMain*(): bool = isMainModule
