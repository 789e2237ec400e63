type
  Kind* = enum a, b
  Color* = enum red
proc show*(x: int): string = "int left"
proc show*(x: float): string = "float left"
proc same*(): string = "left"
