discard """
  output: '''
{visible, hot} 1 9
{moving, hot} false true
true false
moving hot 
{visible, solid} 4
'''
"""
type Flag = enum visible, solid, moving, hot
var f: set[Flag] = {visible, hot}
echo f, " ", sizeof(f), " ", cast[uint8](f)
f.incl moving
f.excl visible
echo f, " ", solid in f, " ", hot in f
proc has(f: set[Flag], x: Flag): bool = x in f
echo f.has(moving), " ", has({solid}, hot)
for x in f: stdout.write(x, ' ')
echo ""
const all = {low(Flag)..high(Flag)}
echo all - f, " ", card(all)
