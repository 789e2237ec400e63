discard """
  output: '''
a 97 b b y
true true false
true 9 65 65 '\
x
y
z
0 255
q r
'''
"""
let c = 'a'
echo c, " ", ord(c), " ", chr(98), " ", succ(c), " ", pred('z')
echo 'a' < 'b', " ", c in {'a'..'f'}, " ", 'G' in {'a'..'f'}
echo '\n' == '\L', " ", ord('\t'), " ", ord('\x41'), " ", ord('\65'), " ", '\'', '\\'
for ch in 'x'..'z': echo ch
echo ord(low(char)), " ", ord(high(char))
var d = 'p'
inc d
echo d, " ", char(ord(d) + 1)
