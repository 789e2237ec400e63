discard """
  output: '''
square 9, rect 10
false true
'''
"""
type
  Shape = concept s
    area(s) is int
    name(s) is string
  Sq = object
    side: int
  Rc = object
    w, h: int
proc area(s: Sq): int = s.side * s.side
proc name(s: Sq): string = "square"
proc area(r: Rc): int = r.w * r.h
proc name(r: Rc): string = "rect"
proc describe(s: Shape): string = s.name & " " & $s.area
echo describe(Sq(side: 3)), ", ", describe(Rc(w: 2, h: 5))
echo int is Shape, " ", Sq is Shape
