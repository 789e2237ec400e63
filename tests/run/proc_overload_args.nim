discard """
  output: '''
base derived base
db bb
uint8 string
w h
'''
"""
# Overloads by var, by subtype and by literal that fits.
type
  Base = ref object of RootObj
  Derived = ref object of Base
  Other = ref object of Base
proc who(b: Base): string = "base"
proc who(d: Derived): string = "derived"
echo who(Base()), " ", who(Derived()), " ", who(Other())
proc two(a: Base, b: Base): string = "bb"
proc two(a: Derived, b: Base): string = "db"
echo two(Derived(), Derived()), " ", two(Other(), Derived())
proc lit(x: uint8): string = "uint8"
proc lit(x: string): string = "string"
echo lit(5), " ", lit("5")
proc named(width: int): string = "w"
proc named(height: float): string = "h"
echo named(width = 1), " ", named(height = 1.0)
