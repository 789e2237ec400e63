type Color* {.pure.} = enum blue, red
proc show*(x: string): string = "string right"
proc same*(): string = "right"
