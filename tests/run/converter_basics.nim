discard """
  output: '''
5
9
on
off
<plain><made>
'''
"""
type
  Meters = distinct int
  Flag = object
    on: bool
converter toInt(m: Meters): int = int(m)
converter toBool(f: Flag): bool = f.on
proc needsInt(x: int): int = x + 1
echo needsInt(Meters(4))
let x: int = Meters(9)
echo x
if Flag(on: true): echo "on"
if not Flag(on: false): echo "off"
type Text = object
  s: string
converter toText(s: string): Text = Text(s: s)
proc show(t: Text): string = "<" & t.s & ">"
echo show("plain"), show(Text(s: "made"))
